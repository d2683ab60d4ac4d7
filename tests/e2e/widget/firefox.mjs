// Two people score together in Firefox, on a page of another site: one in English, one in Arabic. Prints what came of it.

import puppeteer from "puppeteer-core";

const [firefox, english, arabic] = process.argv.slice(2);
const browser = await puppeteer.launch({ browser: "firefox", executablePath: firefox, headless: true });
const said = [];

/** Somebody with a profile of their own. */
async function comes(address) {
  const page = await (await browser.createBrowserContext()).newPage();
  await page.setViewport({ width: 360, height: 740 });
  // Firefox asks for a picture of the site, which its own strict policy forbids.
  page.on("pageerror", (error) => String(error).includes("favicon") || said.push(String(error)));
  await page.goto(address);
  return page;
}

/** Find something within the widget, once it is there. */
const find = (page, selector) =>
  page.waitForFunction(
    (wanted) => document.querySelector("mark-scoring")?.shadowRoot?.querySelector(wanted),
    { polling: 100, timeout: 20_000 },
    selector,
  );

async function press(page, doing) {
  await (await find(page, `button[data-do^='["${doing}"']`)).evaluate((button) => button.click());
}

async function unfold(page, key) {
  await (await find(page, `details[data-key="${key}"] > summary`)).click();
}

const first = await comes(english);
await (await find(first, 'input[value="7"]')).click();
const alone = await first.$eval("mark-scoring >>> input[value='7']", (radio) => radio.checked);
await unfold(first, "together");
await (await find(first, "#title")).type("In another browser");
await press(first, "open");
await find(first, "details[data-key='invite']");
await unfold(first, "invite");
const link = await (await find(first, ".address a")).evaluate((a) => a.href);

const second = await comes(`${arabic}#${link.split("#")[1]}`);
await press(second, "join-link");
await (await find(second, 'input[value="3"]')).click();
await (await find(first, 'input[value="9"]')).click();
await new Promise((done) => setTimeout(done, 3000));
await (await find(first, "button[data-do*='show/']")).click();
await (await find(second, "button[data-do*='POST'][data-do*='show/']")).click();
await find(second, ".dots i");
await find(first, ".dots i");
const shown = await first.$$eval("mark-scoring >>> section:first-of-type .dots i", (dots) => dots.length);
const box = await second.$eval("mark-scoring >>> .widget", (widget) => [
  widget.dir,
  widget.getBoundingClientRect().width <= innerWidth,
]);
console.log(JSON.stringify({ version: await browser.version(), alone, shown, box, address: second.url(), said }));
await browser.close();
