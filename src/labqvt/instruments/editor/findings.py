"""What the checker says of a draft, part by part."""

from dataclasses import dataclass

from labqvt.instruments.models import QuestionnaireVersion
from labqvt_forms.checking import check_logic


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark: a sentence, how serious it is, where."""

    sentence: str
    grave: bool = False
    item: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    found: tuple[Finding, ...]

    def about(self, item_id: str) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.found if finding.item == item_id)

    def __len__(self) -> int:
        return len(self.found)


def findings_of(version: QuestionnaireVersion) -> Findings:
    return Findings(tuple(Finding(sentence, grave=True) for sentence in check_logic(version.form)))
