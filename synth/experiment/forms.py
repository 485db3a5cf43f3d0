"""The form of the published file, entry by entry: which keys there are and what they hold."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from synth.experiment.numbers import LEVEL, CautionKind, Operation

Unit = Literal["percent", "points"]
Metric = Literal["accuracy", "F1", "EM", "F1/EM", "score"]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]*$")]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9$][\w$./-]*$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
References = str | list[str]


def _figure(value: Any) -> Decimal:
    """A TOML number as it is written; its digits count."""
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise ValueError("expected a number without quotation marks")
    figure = Decimal(value)
    if not figure.is_finite():
        raise ValueError("expected a finite number")
    if abs(figure) > 1_000_000 or int(figure.as_tuple().exponent) < -9:
        raise ValueError("expected a number under a million with nine digits behind the point at most")
    return figure


Figure = Annotated[Decimal, BeforeValidator(_figure)]


def _positive(value: Decimal) -> Decimal:
    if value < 0:
        raise ValueError("expected a tolerance of 0 or more")
    return value


Tolerance = Annotated[Decimal, BeforeValidator(lambda value: _positive(_figure(value)))]


class Form(BaseModel):
    """An entry: unknown keys are errors, and text is text."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class SourceForm(Form):
    """``[source.KEY]``."""

    title: Text
    paper: str = ""
    url: str = ""
    secondhand: bool = False
    note: str = ""


class ColumnForm(Form):
    """An entry of ``columns``."""

    id: Key
    printed: Text
    task: Text
    metric: Metric
    reversed: bool = False


class RowForm(Form):
    """``rows.KEY``."""

    printed: Text
    cells: Text
    group: str = ""
    model: str = ""
    setting: str = ""


class _Tolerated(Form):
    tolerance: Tolerance | None = None
    reason: str = ""

    @model_validator(mode="after")
    def _says_why(self) -> Self:
        if self.tolerance is not None and not self.reason:
            raise ValueError("a tolerance of its own needs a reason")
        return self


class TableForm(_Tolerated):
    """``[[table]]``: a table of a source, whole."""

    id: Key
    source: Text
    table: Text
    rows: dict[Key, RowForm] = Field(min_length=1)
    decimals: int = Field(ge=0, le=9)
    page: int = Field(default=0, ge=0)
    unit: Unit = "percent"
    setting: str = ""
    note: str = ""
    languages: str = ""
    average: str = "avg"
    task: str = ""
    metric: Metric | None = None
    columns: list[ColumnForm] = []

    @model_validator(mode="after")
    def _has_columns(self) -> Self:
        if bool(self.columns) == bool(self.languages.split()):
            raise ValueError("expected either columns or languages")
        if self.languages and not (self.task and self.metric):
            raise ValueError("a table by languages needs a task and a metric")
        return self


class AboutForm(Form):
    """What a number is of."""

    task: str = ""
    model: str = ""
    language: str = "average"
    metric: str = ""
    setting: str = ""
    effect: str = LEVEL
    detail: str = ""
    baseline: str = ""


class NumberForm(AboutForm, _Tolerated):
    """``[[number]]``: a single number, with a source or with the reason why there is none."""

    id: Id
    value: Figure
    unit: Unit
    task: Text
    model: Text
    metric: Literal["accuracy", "F1", "EM", "score"]
    source: str = ""
    unsourced: str = ""
    where: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _has_source(self) -> Self:
        if bool(self.source) == bool(self.unsourced):
            both = "both a source and unsourced" if self.source else "no source"
            raise ValueError(f"it has {both}; give source = KEY, or unsourced = why there is none at hand")
        return self


class ImpliedForm(Form):
    """What ``implied`` holds."""

    mean: Text
    of: References
    unknown: int = Field(ge=1, le=1000)


class DerivedForm(AboutForm):
    """``[[derived]]``: one operation on ids, for every choice of the variables under ``each``."""

    id: Id
    each: dict[Annotated[str, StringConstraints(pattern=r"^[a-z]+$")], Text] = {}
    same: str | None = None
    mean: References | None = None
    sum: References | None = None
    difference: References | None = None
    implied: ImpliedForm | None = None
    equals: References = []
    step: bool = False
    note: str = ""

    @model_validator(mode="after")
    def _has_one_operation(self) -> Self:
        if len(self.operations) != 1:
            raise ValueError(f"expected one of {', '.join(Operation)}, found {len(self.operations)}")
        return self

    @property
    def operations(self) -> list[Operation]:
        """The operations that are given."""
        return [one for one in Operation if getattr(self, one.value) is not None]


class ConflictForm(Form):
    """``[[conflict]]``."""

    derived: Text
    published: Text
    reason: Text


class CautionForm(Form):
    """``[[caution]]``."""

    id: Key
    kind: Annotated[CautionKind, Field(strict=False)]
    title: Text
    text: Text
    groups: dict[str, list[str]] = Field(min_length=2)


class FileForm(Form):
    """The whole file."""

    schema_version: Literal[1] = Field(alias="schema")
    source: dict[Key, SourceForm] = {}
    table: list[TableForm] = []
    number: list[NumberForm] = []
    derived: list[DerivedForm] = []
    conflict: list[ConflictForm] = []
    caution: list[CautionForm] = []
