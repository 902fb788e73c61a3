"""A report made by hand, with everything a report can hold. Its numbers are invented for the tests and mean nothing."""
# ruff: noqa: E501 – long Swedish sentences stay on one line

from __future__ import annotations

from dataclasses import replace

from enkat.rendering.model import (
    Assumption,
    Bar,
    Caption,
    Chart,
    ClaimResult,
    Exhibit,
    Fact,
    MethodSection,
    QuestionSection,
    QuoteSection,
    Recommendation,
    RecommendationSection,
    Report,
    SummaryItem,
    SummarySection,
    TextSection,
    VoiceSection,
    Wording,
)
from enkat.rendering.prose import (
    Bound,
    Emphasis,
    Inlines,
    Link,
    Note,
    NoteMark,
    Paragraph,
    Quotation,
    Subheading,
    Words,
)

OCCUPATIONS = (("Socialsekreterare", 1031), ("Behandlingspersonal", 324), ("Fältassistenter", 118))
SOURCE = "Vision, Ryktet går, 2023; insamling 31 mars–9 maj 2023"


def words(text: str) -> Inlines:
    return (Words(text),)


def paragraph(*parts: str | Bound | NoteMark | Emphasis | Link) -> Paragraph:
    return Paragraph(tuple(Words(part) if isinstance(part, str) else part for part in parts))


def bound(claim: str, text: str) -> Bound:
    return Bound(claim, (Words(text),))


def _claim(
    identifier: str,
    text: str,
    sentence: str,
    percent: int | None,
    base: int | None,
    about: str = "",
    kind: str = "share",
) -> ClaimResult:
    ten = int(text.split()[0]) if text.endswith("av 10") else None
    says = f"Prövat mot syntetiska svar: {percent} procent av {base}. Orden täcker det."
    return ClaimResult(
        identifier,
        text,
        sentence,
        kind,
        "holds",
        says,
        about=about,
        percent=percent,
        base=base,
        out_of_ten=ten,
    )


CLAIMS = (
    _claim(
        "C2",
        "3 av 4",
        "Av de svarande uppger 3 av 4 att de har erfarenhet av felaktig information.",
        75,
        1473,
    ),
    _claim(
        "C3",
        "9 av 10",
        "Bland socialsekreterare som arbetar med barn och unga uppger 9 av 10 erfarenhet av detta.",
        89,
        512,
        "Socialsekreterare; Barn och familj, Unga",
    ),
    _claim(
        "C5",
        "9 av 10",
        "9 av 10 anger att människor som behöver stöd kanske inte vågar söka det.",
        91,
        1460,
    ),
    _claim("C6", "8 av 10", "8 av 10 anger att barn som far illa kan gå miste om hjälp.", 79, 1460),
    _claim(
        "C7",
        "främsta",
        "Den främsta konsekvensen för arbetet är att det är svårt att skapa kontakt och förtroende.",
        64,
        1441,
        "",
        "rank",
    ),
    _claim(
        "C8",
        "40 procent",
        "40 procent av socialsekreterarna anger att arbetsmiljön kan påverkas.",
        40,
        1012,
        "Socialsekreterare",
    ),
    _claim("C13", "främsta", "Förebyggande arbete är den främsta åtgärden.", 58, 1433, "", "rank"),
    _claim(
        "C14",
        "mer än hälften",
        "Enligt mer än hälften fungerar det förebyggande arbetet dåligt eller inte alls.",
        56,
        1450,
        "",
        "threshold",
    ),
    ClaimResult(
        "C4",
        "i stor utsträckning",
        "Informationen handlar i stor utsträckning om omhändertaganden.",
        "vague",
        "unchecked",
        "Uttrycket saknar en angiven gräns att jämföra med.",
        lint=("INTENS: ordet ”stor” har inget innehåll i siffror.",),
    ),
)
_BY_ID = {claim.id: claim for claim in CLAIMS}


def claims(*names: str) -> tuple[ClaimResult, ...]:
    return tuple(_BY_ID[name] for name in names)


def _caption(base: str, answers: str, *remarks: str) -> Caption:
    method = "Ovägda svar. Siffrorna beskriver dem som svarade."
    return Caption(base, answers, method, SOURCE, remarks)


_WITHHELD = "”..” betyder att siffran inte visas, eftersom för få har svarat eller svaren annars skulle kunna röjas."
_MULTIPLE = "Flera svar kunde väljas. Summan kan överstiga 100 procent."
_ALL = "Alla som besvarat frågan, {} svar"

_WORK = (
    (
        "Jag har svårt att upprätta kontakt och förtroende med personer som kan behöva stöd av socialtjänsten",
        (66, 58, 61),
    ),
    ("Min arbetsmiljö påverkas negativt", (40, 31, 35)),
    ("Min psykiska hälsa påverkas negativt", (23, 18, 20)),
    (
        "Jag har fått ändra hur jag dokumenterar, kommunicerar eller uppträder utanför arbetsplatsen",
        (19, 12, 22),
    ),
    ("Jag låter bli att ta beslut om insatser av rädsla för förtal, hot och våld", (8, 6, None)),
    ("Annat", (5, 7, 4)),
    ("Ingen av dessa konsekvenser", (14, 21, 17)),
)


def _experience() -> QuestionSection:
    asked = Wording("Om den som svarar har erfarenhet av att felaktig information sprids om socialtjänsten.", False)
    total = Chart(
        "experience",
        "Erfarenhet av felaktig information",
        (
            Bar("Ja", "", 75, 1473),
            Bar("Nej", "", 19, 1473, assumed=True),
            Bar("Vet inte", "", 6, 1473, assumed=True, residual=True),
        ),
    )
    groups = (("Socialsekreterare", 79, 1031), ("Behandlingspersonal", 68, 324), ("Fältassistenter", 64, 118))
    by_occupation = Chart(
        "experience_by_occupation",
        "Erfarenhet efter yrke",
        tuple(Bar("Ja", name, percent, base, percent - 3, percent + 4, assumed=True) for name, percent, base in groups),
        whiskers=True,
    )
    one = "Ett svar kunde väljas."
    return QuestionSection(
        (bound("C2", "Tre av fyra"), Words(" har mött felaktig information om socialtjänsten")),
        (
            paragraph(
                "Av de svarande uppger ",
                bound("C2", "3 av 4"),
                " att de har erfarenhet av att uppgifter som de bedömer som felaktiga sprids om socialtjänsten. "
                "Bland socialsekreterare som arbetar med barn och unga uppger ",
                bound("C3", "9 av 10"),
                " detta.",
            ),
            paragraph(
                "Med ",
                Emphasis(words("felaktig information")),
                " menas här det som de svarande själva har bedömt som felaktigt. Det är inte detsamma som desinformationskampanjen.",
                NoteMark(1, again=True),
            ),
        ),
        (
            Exhibit("experience", total.title, asked, _caption(_ALL.format("1 473"), one), total),
            Exhibit(
                "experience_by_occupation",
                by_occupation.title,
                asked,
                replace(
                    _caption(
                        "Per grupp: socialsekreterare 1 031, behandlingspersonal 324, fältassistenter 118",
                        one,
                    ),
                    method="Ovägda svar. Strecken visar osäkerheten om de svarande vore slumpmässigt utvalda. "
                    "Bortfallet på 85 procent ingår inte i dem.",
                ),
                by_occupation,
            ),
        ),
    )


def _work() -> QuestionSection:
    asked = Wording(
        "Vilka konsekvenser bedömer du att den så kallade desinformationskampanjen skulle kunna få/har fått för din arbetsmiljö?",
        True,
    )
    rows = tuple(
        Bar(
            label,
            "",
            shares[0] - 2 if shares[0] else None,
            1441,
            assumed=index in (3, 5),
            residual=index > 4,
            rank=str(index + 1),
        )
        for index, (label, shares) in enumerate(_WORK)
    )
    total = Chart("work_consequences", "Konsekvenser för det egna arbetet", rows)
    grouped = Chart(
        "work_by_occupation",
        "Konsekvenser för det egna arbetet efter yrke",
        tuple(
            Bar(
                label,
                name,
                shares[column],
                base,
                withheld=shares[column] is None,
                assumed=column > 0,
                residual=index > 4,
            )
            for column, (name, base) in enumerate(OCCUPATIONS)
            for index, (label, shares) in enumerate(_WORK)
        ),
    )
    return QuestionSection(
        (Words("Svårast är att skapa kontakt och förtroende"),),
        (
            paragraph(
                "Den ",
                bound("C7", "främsta"),
                " konsekvensen som de svarande anger att kampanjen skulle kunna få eller har fått är att det är svårt "
                "att upprätta kontakt och förtroende. Av socialsekreterarna anger ",
                bound("C8", "40 procent"),
                " att arbetsmiljön påverkas negativt eller skulle kunna göra det.",
            ),
        ),
        (
            Exhibit("work_consequences", total.title, asked, _caption(_ALL.format("1 441"), _MULTIPLE), total),
            Exhibit(
                "work_by_occupation",
                grouped.title,
                asked,
                _caption(
                    "Per grupp: socialsekreterare 1 031, behandlingspersonal 324, fältassistenter 118",
                    _MULTIPLE,
                    _WITHHELD,
                ),
                grouped,
            ),
        ),
    )


def _people() -> QuestionSection:
    labels = (
        ("Personer som behöver stöd vågar inte vända sig till socialtjänsten", 91),
        ("Barn och unga som far illa får inte den hjälp de har rätt till", 79),
        (
            "Personer som utsätts för våld eller hedersrelaterat förtryck får inte den hjälp de har rätt till",
            81,
        ),
        ("Vårdnadshavare undviker förskola, skola eller hälso- och sjukvård", 47),
        ("Vet inte", 3),
    )
    bars = tuple(Bar(label, "", percent, 1460, assumed=percent < 50, residual=percent < 5) for label, percent in labels)
    chart = Chart("people_consequences", "Möjliga konsekvenser för människor som behöver stöd", bars)
    asked = Wording("Vilka konsekvenser kampanjen kan få eller har fått för människor som behöver stöd.", False)
    return QuestionSection(
        (Words("Människor kan gå miste om stöd de har rätt till"),),
        (
            paragraph(
                bound("C5", "9 av 10"),
                " anger att människor som behöver stöd kanske inte vågar söka det. ",
                bound("C6", "8 av 10"),
                " anger att barn som far illa kan gå miste om hjälp.",
            ),
        ),
        (Exhibit("people_consequences", chart.title, asked, _caption(_ALL.format("1 460"), _MULTIPLE), chart),),
    )


def _prevention() -> QuestionSection:
    shares = (("Mycket bra", 4), ("Ganska bra", 27), ("Dåligt", 41), ("Inte alls", 15), ("Vet inte", 13))
    bars = tuple(Bar(label, "", percent, 1450, assumed=True, residual=label == "Vet inte") for label, percent in shares)
    chart = Chart("prevention_works", "Hur det förebyggande arbetet fungerar", bars, ordered=True)
    asked = Wording("Hur väl det förebyggande arbetet fungerar där den svarande arbetar.", False)
    one = "Ett svar på en skala kunde väljas."
    return QuestionSection(
        (Words("Det förebyggande arbetet räcker inte till"),),
        (
            paragraph(
                "Enligt ",
                bound("C14", "mer än hälften"),
                " fungerar det förebyggande arbetet dåligt eller inte alls.",
            ),
        ),
        (Exhibit("prevention_works", chart.title, asked, _caption(_ALL.format("1 450"), one), chart),),
    )


def _recommendations() -> RecommendationSection:
    texts: tuple[tuple[str, tuple[str, ...]], ...] = (
        (
            "Att det införs ett lagkrav på förebyggande arbete i socialtjänsten och att staten bidrar med långsiktig finansiering.",
            ("C14", "C13"),
        ),
        (
            "Att kommun- och regionpolitiker avsätter resurser för det förebyggande arbetet utifrån invånarnas behov.",
            ("C13",),
        ),
        ("Att arbetsgivare och skyddsombud tillsammans förebygger hot, personangrepp och våld.", ("C8",)),
        (
            "Att fler polisanmälningar om hot och våld utreds och att målsägande alltid får veta hur det gick.",
            (),
        ),
        ("Att det straffrättsliga skyddet mot diffusa hot stärks.", ()),
    )
    items = tuple(Recommendation(words(text), claims(*names)) for text, names in texts)
    lead = (paragraph("Förslagen är Visions. Under varje förslag står vilka resultat det vilar på."),)
    return RecommendationSection(words("Det här föreslår Vision"), lead, items)


def _method() -> MethodSection:
    facts = (
        Fact(
            "Syfte",
            "Att ta reda på hur medlemmarna uppfattar omfattningen och konsekvenserna av felaktig information.",
        ),
        Fact(
            "Målgrupp",
            "Medlemmar i Vision som arbetar som socialsekreterare, behandlingspersonal eller fältassistent.",
        ),
        Fact(
            "Urval",
            "Totalundersökning: alla i målgruppen tillfrågades. Att de 9 820 tillfrågade är alla i målgruppen är vårt antagande.",
        ),
        Fact("Insamling", "Webbenkät, 31 mars–9 maj 2023."),
        Fact(
            "Svarsfrekvens",
            "15 procent = 1 473 svar / 9 820 tillfrågade (RR2). 85 procent av de tillfrågade har inte svarat.",
        ),
        Fact(
            "Osäkerhet",
            "Beräkningarna behandlar de svarande som om de vore slumpmässigt dragna. Det är de inte.",
        ),
        Fact("Skydd av svarande", "Andelar med färre än 10 svarande visas inte. Dolda siffror skrivs ”..”."),
    )
    limits = (
        "De som har egna erfarenheter kan ha varit mer benägna att svara.",
        "En del svar gäller vad kampanjen skulle kunna leda till, inte vad den har lett till.",
    )
    text = (paragraph("Vision skickade en webbenkät till sina medlemmar i tre yrken våren 2023."),)
    return MethodSection(words("Så gjordes undersökningen"), text, facts, limits)


def report() -> Report:
    """The report in Swedish, computed from synthetic answers."""
    background = TextSection(
        words("Bakgrund: rykten om socialtjänsten"),
        (
            paragraph(
                "Enligt regeringen pågår sedan december 2021 en kampanj med påståenden om att socialtjänsten omhändertar "
                "muslimska barn utan stöd i lag.",
                NoteMark(1),
                " I rapporten kallas den desinformationskampanjen. ",
                Link("https://www.regeringen.se/", words("Läs mer hos regeringen")),
                ".",
            ),
            Subheading(words("Två olika saker")),
            paragraph("Felaktig information är ett vidare begrepp än kampanjen.", NoteMark(2)),
        ),
    )
    summary = SummarySection(
        words("Kort sagt"),
        (),
        (
            SummaryItem(
                (
                    bound("C2", "3 av 4"),
                    Words(" svarande har erfarenhet av att felaktig information sprids."),
                ),
                claims("C2"),
            ),
            SummaryItem(
                (
                    Words("Bland socialsekreterare som arbetar med barn och unga uppger "),
                    bound("C3", "9 av 10"),
                    Words(" sådan erfarenhet."),
                ),
                claims("C3"),
            ),
            SummaryItem(
                (
                    bound("C5", "9 av 10"),
                    Words(" anger att människor som behöver stöd kanske inte vågar söka det."),
                ),
                claims("C5"),
            ),
            SummaryItem(
                (
                    Words("Enligt "),
                    bound("C14", "mer än hälften"),
                    Words(" brister det förebyggande arbetet."),
                ),
                claims("C14"),
            ),
        ),
    )
    voices = VoiceSection(
        words("Mer tid med familjerna"),
        (
            paragraph(
                "Den som möter familjer med låg tillit behöver tid för att förklara uppdraget och motivera till stöd."
            ),
        ),
        role="Ordförande i en lokal fackavdelning och socialsekreterare",
        source="Vision, Ryktet går, 2023",
    )
    quotes = QuoteSection(
        words("Ur rapporten"),
        (
            Quotation(
                (
                    paragraph(
                        "Det finns stor risk att barn och familjer går miste om rätt stöd i tid på grund av rädsla för socialtjänsten."
                    ),
                ),
                source="Vision, Ryktet går, 2023. Citatet är hämtat ur rapporten",
            ),
        ),
    )
    sections = (
        summary,
        background,
        _experience(),
        _people(),
        _work(),
        quotes,
        _prevention(),
        voices,
        _recommendations(),
        _method(),
    )
    return Report(
        name="ryktet-gar",
        language="sv",
        title="Ryktet går",
        subtitle="En kortrapport om felaktig information om socialtjänsten och dess konsekvenser",
        publisher="Vision",
        year="2023",
        strip=("1 473 svar", "15 % svarsfrekvens", "webbenkät", "31 mars–9 maj 2023"),
        source="Vision, Ryktet går, 2023",
        sections=sections,
        claims=CLAIMS,
        synthetic=True,
        assumptions=(
            Assumption("Yrke", "alla svar", "70 / 22 / 8 procent", "ej publicerad"),
            Assumption(
                "Erfarenhet av felaktig information",
                "Nej, Vet inte",
                "19 och 6 procent",
                "bara andelen ja är publicerad",
            ),
        ),
        notes=(
            Note(1, (paragraph("Regeringen, 2022. Kampanjen kallas även LVU-kampanjen."),)),
            Note(2, (paragraph("Vår avgränsning."),)),
        ),
        keywords=("socialtjänst", "enkät", "desinformation"),
        answers_sha256="0" * 64,
        generator="enkat 0.1",
    )


def english() -> Report:
    """The same report with English headings of the program; the study's own text stays as it is."""
    return replace(report(), language="en", synthetic=False, assumptions=())
