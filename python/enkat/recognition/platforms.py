"""Which survey tool wrote a file, by the columns that tool adds, and which columns are no questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from enkat.files.heading import Tool

MissingReason = Literal["not_asked", "skipped", "refused", "dont_know"]


@dataclass(frozen=True)
class Platform:
    """A survey tool: the columns it adds to the answers (in lower case) and how many of them give it away."""

    name: str
    added: frozenset[str]
    pattern: str = ""  # of further columns it adds
    least: int = 2
    # What it writes where there is no answer: the reason and what is meant.
    codes: Mapping[int, tuple[MissingReason, str]] = field(default_factory=dict)

    @property
    def not_answered(self) -> frozenset[str]:
        """These codes as they stand in cells."""
        return frozenset(map(str, self.codes))


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip() for word in text.split("|"))


LIMESURVEY = Platform(
    "LimeSurvey",
    _words(
        "submitdate|lastpage|startlanguage|seed|startdate|datestamp|ipaddr|refurl|token|interviewtime|date submitted|"
        "last page|start language|date started|date last action|ip address|referrer url|response id|total time|"
        "antwort id|datum abgeschickt|letzte seite|start-sprache|datum gestartet|datum letzte aktivität"
    ),
    r"(id|submitdate|lastpage|startlanguage|seed|startdate|datestamp|ipaddr|refurl|token)\. .*"
    r"|groupTime\d+|\w+Time|(Group|Question) time: .*",
    least=2,
)
QUALTRICS = Platform(
    "Qualtrics",
    _words(
        "startdate|enddate|status|ipaddress|progress|duration (in seconds)|finished|recordeddate|responseid|"
        "recipientlastname|recipientfirstname|recipientemail|externalreference|externaldatareference|locationlatitude|"
        "locationlongitude|locationaccuracy|distributionchannel|userlanguage|responseset|q_recaptchascore|name|emailaddress"
    ),
    # In which order options and blocks were shown, and how long a page was.
    r"\w+_DO(_\w+)?|\w+_(First Click|Last Click|Page Submit|Click Count)",
    least=4,
)
SURVEYMONKEY = Platform(
    "SurveyMonkey",
    _words(
        "respondentid|respondent id|respondent_id|collectorid|collector id|collector_id|collector|startdate|start date|"
        "date_created|enddate|end date|date_modified|ip address|ip_address|email address|email_address|first name|"
        "first_name|last name|last_name|custom data 1|custom_1"
    ),
    least=2,
)
KOBO = Platform(
    "KoboToolbox or ODK",
    _words(
        "start|end|today|deviceid|subscriberid|simserial|phonenumber|username|_id|_uuid|_submission_time|"
        "_validation_status|_notes|_status|_submitted_by|__version__|_tags|_index|_parent_index|_parent_table_name|"
        "meta/instanceid|meta/instancename|meta/rootuuid|meta-instanceid|meta-instancename|instanceid|key|"
        "submissiondate|submitterid|submittername|attachmentspresent|attachmentsexpected|reviewstate|edits|formversion|"
        "formdef_version"
    ),
    least=2,
)
REDCAP = Platform(
    "REDCap",
    _words(
        "record_id|record id|study_id|redcap_event_name|event name|redcap_repeat_instrument|repeat instrument|"
        "redcap_repeat_instance|repeat instance|redcap_data_access_group|data access group|redcap_survey_identifier|"
        "survey identifier|survey timestamp"
    ),
    r"\w+_complete|\w+_timestamp|Complete\?(_\d+)?( \(\d+\))?",
    least=2,
)
SOSCI = Platform(
    "SoSci Survey",
    _words(
        "case|serial|ref|questnnr|mode|language|started|lastdata|finished|q_viewer|lastpage|maxpage|missing|missrel|"
        "time_rsi|deg_time|time_sum|mailsent|datasource"
    ),
    r"TIME\d{3}",
    least=4,
    codes={
        -9: ("skipped", "not answered"),
        -8: ("skipped", "faulty"),
        -1: ("dont_know", "first residual option"),
        -2: ("dont_know", "second residual option"),
        -3: ("dont_know", "third residual option"),
    },
)
UNIPARK = Platform(
    "Unipark",
    _words(
        "lfdn|external_lfdn|tester|dispcode|lastpage|quality|duration|browser|referer|device_type|quota|page_history|"
        "hflip|vflip|output_mode|javascript|flash|session_id|language|cleaned|ats|datetime|date_of_last_access|"
        "date_of_first_mail"
    ),
    r"rts\d+|c_\d{4}",
    least=3,
    codes={
        -77: ("not_asked", "not seen"),
        -66: ("not_asked", "hidden"),
        -99: ("skipped", "seen and not answered"),
    },
)
GOOGLE = Platform(
    "Google Forms",
    _words(
        "timestamp|tidstämpel|tidsstempel|zeitstempel|marca temporal|horodateur|aikaleima|carimbo de data/hora|"
        "informazioni cronologiche|tijdstempel|email address|username|e-postadress|score|poäng"
    ),
    least=1,
)
MICROSOFT = Platform(
    "Microsoft Forms",
    _words(
        "id|start time|completion time|email|name|last modified time|language|starttid|sluttid|slutförandetid|"
        "e-post|namn|startzeit|fertigstellungszeit|e-mail|fullføringstidspunkt|starttidspunkt|navn|epost|fuldførelsestidspunkt"
    ),
    least=3,
)
TYPEFORM = Platform(
    "Typeform",
    _words("#|network id|start date (utc)|submit date (utc)|response type|stage date (utc)|tags|ending|token"),
    least=3,
)
SURVEY123 = Platform(
    "Survey123",
    _words("objectid|globalid|creationdate|creator|editdate|editor|x|y|shape__length|shape__area"),
    least=4,
)
PLATFORMS = (
    QUALTRICS, SURVEYMONKEY, LIMESURVEY, KOBO, REDCAP, SOSCI, UNIPARK, MICROSOFT, TYPEFORM, SURVEY123, GOOGLE,
)  # fmt: skip

# Tools whose header lines are marks of their own.
BY_HEADER: dict[Tool, Platform] = {"qualtrics": QUALTRICS, "surveymonkey": SURVEYMONKEY, "sosci": SOSCI}

_REPEATED = re.compile(r" \(\d+\)$")


def platform_of(columns: Iterable[str]) -> Platform | None:
    """The tool whose own columns these hold most of; None where no tool's columns are there."""
    names = {_plain(name) for name in columns}
    found = []
    for platform in PLATFORMS:
        marks = len(names & platform.added)
        if platform.pattern:
            marks += sum(
                re.fullmatch(platform.pattern, name) is not None
                for name in columns
                if _plain(name) not in platform.added
            )
        if marks >= platform.least:
            found.append((marks, platform))
    return max(found, key=lambda one: one[0])[1] if found else None


def is_added(column: str, platform: Platform | None) -> bool:
    """True for a column that the tool adds to the answers."""
    if platform is None:
        return False
    return _plain(column) in platform.added or bool(platform.pattern and re.fullmatch(platform.pattern, column))


def _plain(name: str) -> str:
    return _REPEATED.sub("", name).strip().casefold()
