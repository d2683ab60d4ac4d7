"""What counts as hard in each language: limits, abbreviations, acronyms that all know, links that say nothing."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Rules:
    """The rules of one language.

    `sentence` and `average` are numbers of words: that of a sentence, and that of all sentences of a page on average.
    `long_word` is a number of letters. It and `lix` are None where the length of words says little: Arabic joins
    particles to words and leaves vowels out, and in Welsh common words are long.
    """

    sentence: int = 30
    average: float = 22
    lix: float | None = None
    long_word: int | None = None
    titles: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()
    acronyms: frozenset[str] = frozenset()
    empty_links: frozenset[str] = field(default=frozenset())


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


COMMON_ACRONYMS = _words("BBC CD DVD EU FM ID OK PC PDF PIN QR SMS TV UK UN US USA USB")


def _lines(text: str) -> frozenset[str]:
    return frozenset(line.strip() for line in text.strip().splitlines())


RULES = {
    # 25 words: the limit of the GOV.UK content guide. LIX: from 40 on, a text is no longer easy (see readability.py).
    "en": Rules(
        sentence=25,
        average=18,
        lix=40,
        # Nearly all of such words have four syllables or more, as “investigation” has five.
        long_word=13,
        # A name follows: no sentence ends there.
        titles=_words("dr mr mrs ms prof rev st no nos vol fig ed eds vs e.g i.e cf approx"),
        abbreviations=_words(
            "etc al inc ltd jr sr dept est min max tel a.m p.m jan feb mar apr aug sept oct nov dec"
        ),
        acronyms=_words("AM PM GP NHS DIY"),
        empty_links=_lines(
            """
            here
            click here
            click
            click this
            click on this link
            click this link
            follow this link
            this link
            link
            this
            this page
            this website
            website
            page
            more
            read more
            read on
            learn more
            find out more
            see more
            see here
            more information
            more info
            info
            details
            more details
            download
            download here
            continue
            go
            """
        ),
    ),
    # Welsh says with two words what English often says with one: “maen nhw”, “dw i”, “eu hunain”.
    "cy": Rules(
        sentence=30,
        average=21,
        titles=_words("dr mr mrs ms yr parch prof e.e h.y gw rh t tt"),
        abbreviations=_words("ayb ayyb y.b y.p cyf ion chwef maw ebr meh gorff hyd tach rhag"),
        acronyms=_words("DU GIG UE"),
        empty_links=_lines(
            """
            yma
            cliciwch yma
            clicio yma
            cliciwch
            pwyswch yma
            y ddolen hon
            y ddolen yma
            dolen
            hwn
            hon
            y dudalen hon
            y wefan hon
            mwy
            rhagor
            darllen mwy
            darllenwch fwy
            darllen rhagor
            darllenwch ragor
            dysgu mwy
            dysgwch fwy
            rhagor o wybodaeth
            mwy o wybodaeth
            gwybodaeth
            manylion
            gweler yma
            gwelwch yma
            lawrlwytho
            lawrlwythwch yma
            """
        ),
    ),
    "ar": Rules(
        sentence=25,
        average=18,
        titles=_words("د أ م ص ج"),
        abbreviations=_words("إلخ الخ هـ ق.م"),
        empty_links=_lines(
            """
            هنا
            اضغط هنا
            اضغطوا هنا
            إضغط هنا
            انقر هنا
            انقروا هنا
            أنقر هنا
            من هنا
            هذا الرابط
            الرابط
            رابط
            هذه الصفحة
            هذا الموقع
            المزيد
            اقرأ المزيد
            اقرؤوا المزيد
            إقرأ المزيد
            لمعرفة المزيد
            اعرف المزيد
            مزيد من المعلومات
            لمزيد من المعلومات
            التفاصيل
            تفاصيل
            تابع القراءة
            تحميل
            """
        ),
    ),
    # Spanish sentences and words run longer than English ones: the same stories give a LIX some points higher.
    "es": Rules(
        sentence=30,
        average=21,
        lix=46,
        # “Conversaciones” and “participantes” are everyday words.
        long_word=16,
        titles=_words("sr sra srta srs sres dr dra d dña prof profa lic ing núm nº pág págs p p.ej ej cf art"),
        abbreviations=_words("etc aprox tel av avda ee uu s.a a.m p.m"),
        acronyms=_words("UE ONU DNI EE UU SA"),
        empty_links=_lines(
            """
            aquí
            aqui
            haz clic aquí
            haga clic aquí
            clic aquí
            clic
            pulsa aquí
            pulse aquí
            pincha aquí
            pinche aquí
            este enlace
            enlace
            esto
            esta página
            este sitio
            más
            leer más
            lee más
            saber más
            más información
            información
            ver más
            detalles
            más detalles
            descargar
            descargar aquí
            sigue leyendo
            continuar
            """
        ),
    ),
}
# Of a language that nobody has told us more about.
OTHER = Rules()


def rules_for(lang: str) -> Rules:
    """Give the rules of a language: of es-mx those of es, of one that is not known only the longest sentence."""
    return RULES.get(lang) or RULES.get(lang.split("-")[0].lower()) or OTHER
