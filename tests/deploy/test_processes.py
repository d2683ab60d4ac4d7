"""Containers, units of systemd and the script start the same processes: those that processes.toml says."""

import configparser
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands, load_command_class

from tests.gates.needs import need
from tests.programs import ROOT

DEPLOY = ROOT / "deploy"
SAID = tomllib.loads((DEPLOY / "processes.toml").read_text())
NEEDED = SAID.pop("environment")["shared"]
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES = COMPOSE["services"]
OURS = {name for name, service in SERVICES.items() if service.get("image") == "mark-of-co-production"}
CONTAINERFILE = (ROOT / "Containerfile").read_text()
UNITS = sorted((DEPLOY / "systemd").glob("*.*"))
PYTHON = "/srv/toolkit/.venv/bin/python"
POSTGRESQL_OF_DEBIAN = {"bookworm": 15, "trixie": 17}
every_process = pytest.mark.parametrize("name", SAID)


class Unit(configparser.RawConfigParser):
    """A unit of systemd, which may say a thing more than once."""

    def __init__(self, path: Path):
        super().__init__(strict=False, interpolation=None)
        self.optionxform = str
        self.read(path)
        self.text = path.read_text()

    def commands(self, name: str) -> list[list[str]]:
        """Every command of a kind, such as ExecStart, in words."""
        return [line.split() for line in re.findall(rf"^{name}=(.*)$", self.text, re.MULTILINE)]

    def environment(self) -> dict[str, str]:
        return dict(word.split("=", 1) for word in self["Service"]["Environment"].split())


def unit(name: str) -> Unit:
    return Unit(DEPLOY / "systemd" / f"toolkit-{name}.service")


def said(name: str) -> list[str]:
    return [PYTHON, "manage.py", *SAID[name]["command"]]


@pytest.fixture
def commands():
    """Gives the parser of a management command; those of other parts of the software may not be there yet."""
    return get_commands()


@every_process
def test_container_runs_the_same(name):
    assert SERVICES[name]["command"] == SAID[name]["command"]
    assert set(SAID[name].get("after", ())) <= set(SERVICES[name]["depends_on"])
    for before in SAID[name].get("after", ()):
        assert SERVICES[name]["depends_on"][before]["condition"] == "service_completed_successfully"
    restarts = SERVICES[name].get("restart") == "unless-stopped"
    assert restarts != SAID[name].get("once", False)


def test_container_has_the_environment():
    for name in OURS:
        assert set(NEEDED) <= SERVICES[name]["environment"].keys(), name


def test_every_setting_of_the_container_is_known():
    readme = (ROOT / "README.md").read_text()
    for name in SERVICES["web"]["environment"]:
        assert name.startswith("AWS_") or f"`{name}`" in readme, name


def test_container_can_write_nothing_but_data():
    for name in OURS:
        service = SERVICES[name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert {volume.split(":")[1] for volume in service["volumes"]} <= {"/data", "/backups"}


def test_no_secret_stands_in_the_files():
    for name, value in COMPOSE["x-settings"].items():
        if re.search("SECRET|PASSWORD", name):
            assert re.fullmatch(r"\$\{\w+:\?.+\}", value), name
    assert not re.search(r"(SECRET_KEY|PASSWORD)=", CONTAINERFILE)
    # Whatever is not named there cannot get into a layer.
    assert (ROOT / ".containerignore").read_text().splitlines()[1] == "*"


def test_image_is_small_and_runs_as_nobody():
    build, final = CONTAINERFILE.split("\nFROM ")[1:]
    assert re.search(r"^USER 10001:10001$", final, re.MULTILINE)
    installed = re.findall(r"apt-get install -y --no-install-recommends (.*?) \\\n", CONTAINERFILE)
    assert installed == ["libfribidi0 postgresql-client"]
    assert CONTAINERFILE.count("apt-get install") == final.count("rm -r /var/lib/apt/lists/*") == 1
    assert "pip uninstall" in final and "pip install" not in final
    assert 'ENTRYPOINT ["python", "manage.py"]' in final
    assert SAID["web"]["health"] in re.search(r"HEALTHCHECK.*\n.*", final)[0]
    health = json.loads(re.search(r"HEALTHCHECK.*\n +CMD (.*)", final)[1])
    assert SERVICES["web"]["healthcheck"]["test"] == ["CMD", *health]
    copied = re.findall(r"^COPY (?!--from)(\S.*) \S+$", build, re.MULTILINE)
    assert all((ROOT / name).exists() for names in copied for name in names.split())


def test_image_has_the_python_of_the_tests():
    version = re.search(r"PYTHON=(\d+\.\d+)-", CONTAINERFILE)[1]
    assert version == "{}.{}".format(*sys.version_info)


def test_image_can_write_down_the_database():
    """pg_dump refuses a server that is newer than itself."""
    debian = re.search(r"PYTHON=\S+-(\w+)$", CONTAINERFILE, re.MULTILINE)[1]
    server = re.fullmatch(r"docker.io/library/postgres:(\d+)", SERVICES["database"]["image"])[1]
    assert POSTGRESQL_OF_DEBIAN[debian] >= int(server)


def test_container_may_write_into_its_volumes():
    """A new volume belongs to whom its folder in the image belongs to."""
    made = re.search(r"install --directory --owner=toolkit --group=toolkit (.*)", CONTAINERFILE)[1].split()
    for name in OURS:
        assert {volume.split(":")[1] for volume in SERVICES[name]["volumes"]} <= set(made)


def test_front_reads_what_is_written_for_it():
    """The folders that docs/install.md fills are those in which nginx looks."""
    page = (ROOT / "docs/install.md").read_text()
    written = {Path(path).parent for path in re.findall(r" > (front/\S+)", page)}
    seen = dict(volume.removeprefix("./").split(":")[:2] for volume in SERVICES["front"]["volumes"])
    assert {seen[str(folder)] for folder in written} == {"/etc/nginx/conf.d", "/etc/nginx/snippets"}
    included = re.findall(r"^ +include (\S+);", (DEPLOY / "nginx.conf").read_text(), re.MULTILINE)
    assert [f"front/{path}" in page for path in included] == [True]


def test_units_run_the_same():
    web, worker, backup = unit("web"), unit("worker"), unit("backup")
    assert web.commands("ExecStartPre") == [said("prepare")]
    assert web.commands("ExecStart") == [said("web")]
    assert worker.commands("ExecStart") == [said("worker")]
    assert backup.commands("ExecStart") == [said("backup")]
    assert web.commands("ExecReload") == [["/bin/kill", f"-{SAID['web']['reload'].removeprefix('SIG')}", "$MAINPID"]]
    assert Unit(DEPLOY / "systemd/toolkit-backup.timer")["Timer"]["OnCalendar"] == SAID["backup"]["every"]


def test_worker_gives_way():
    """Publishing takes seconds of a processor, which those who score at that time would wait for."""
    assert int(unit("worker")["Service"]["Nice"]) == 10
    assert SERVICES["worker"]["cpu_shares"] < 1024 / 5


@pytest.mark.parametrize("name", ["web", "worker", "backup"])
def test_units_may_do_little(name):
    service = unit(name)["Service"]
    assert service["User"] == "toolkit"
    for directive in ("NoNewPrivileges", "ProtectHome", "PrivateTmp", "PrivateDevices", "RestrictSUIDSGID"):
        assert service[directive] == "true"
    assert service["ProtectSystem"] == "strict"
    assert service["CapabilityBoundingSet"] == ""
    assert all(path.startswith("/var/lib/toolkit") for path in service["ReadWritePaths"].split())
    assert unit(name).environment()["DATA_DIR"] == "/var/lib/toolkit"


def test_units_are_valid(tmp_path):
    need("systemd-analyze")
    for path in UNITS:
        text = path.read_text().replace(PYTHON, sys.executable).replace("/srv/toolkit", str(ROOT))
        (tmp_path / path.name).write_text(text)
    checked = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(tmp_path / path.name for path in UNITS)],
        capture_output=True,
        text=True,
    )
    ours = [line for line in checked.stderr.splitlines() if "toolkit" in line]
    # nginx need not be installed where this is tested.
    assert [line for line in ours if "nginx.service" not in line] == []


@every_process
def test_commands_are_there(name, commands):
    command, *options = SAID[name]["command"]
    parser = load_command_class(commands[command], command).create_parser("manage.py", command)
    assert vars(parser.parse_args(options))


def test_script_runs_the_same():
    script = (DEPLOY / "run").read_text()
    assert "processes.toml" in script
    assert not re.search("--prepare-only|--no-worker|manage.py serve", script)
