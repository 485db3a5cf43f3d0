"""Settings: defaults, then ``synth.toml``, then ``SYNTH_*`` variables, then command-line options."""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import Self

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from synth.errors import ConfigError


class Settings(BaseSettings):
    """All that a user can set without an option. Frozen; read once, at the edge."""

    model_config = SettingsConfigDict(
        env_prefix="SYNTH_", toml_file="synth.toml", extra="forbid", frozen=True, env_ignore_empty=True
    )

    workspace: Path = Path(".synth")
    """Database, PDFs and caches; deleting it loses time, and reviewers' decisions that stand in no report."""
    database_url: str = ""
    """SQLAlchemy URL of the store; empty means ``synth.sqlite`` in the workspace."""
    arxiv_url: str = "https://export.arxiv.org"
    """Base URL of the API and the PDFs."""
    arxiv_delay_s: float = Field(default=3.0, ge=0)
    """Seconds between two requests; never under 3 for any host but this machine."""
    contact: str = ""
    """An address for the User-Agent, so that arXiv can write to whoever asks too much."""
    verifier: str = ""
    """Name or path of an NLI cross-encoder; empty means the embedded one."""
    risk: float = Field(default=0.05, gt=0, lt=1)
    """Share of wrong check marks that a reader accepts."""
    threads: int = Field(default=0, ge=0)
    """Threads of the models; 0 means all cores."""

    @field_validator("arxiv_url")
    @classmethod
    def _no_slash(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("expected an address that starts with http:// or https://")
        return value.rstrip("/")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Options first, then the environment, then the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @classmethod
    def read(cls, **options: object) -> Self:
        """The settings as they stand, options that are not None on top.

        Raises:
            ConfigError: If a value is out of range, a name in ``synth.toml`` is unknown or a variable all but one.
        """
        cls._check_variables()
        given = {name: value for name, value in options.items() if value is not None}
        try:
            return cls(**given)  # type: ignore[arg-type]  # pydantic checks what mypy cannot see here
        except ValidationError as error:
            first = error.errors()[0]
            name = ".".join(str(part) for part in first["loc"]) or "settings"
            found = first.get("input")
            raise ConfigError(
                f"setting {name}: {first['msg'].lower()}; found {found!r}"
                f" (synth.toml, SYNTH_{name.upper()} or an option)"
            ) from error
        except ValueError as error:  # the TOML file does not parse
            raise ConfigError(f"synth.toml cannot be read: {error}; mend or remove it") from error

    @classmethod
    def _check_variables(cls) -> None:
        """A variable that nearly names a setting is a slip; others may be somebody else's."""
        known = [f"SYNTH_{name.upper()}" for name in cls.model_fields]
        for name in sorted(os.environ):
            upper = name.upper()
            if upper.startswith("SYNTH_") and upper not in known:
                for meant in difflib.get_close_matches(upper, known, n=1, cutoff=0.85):
                    raise ConfigError(f"the variable {name} is no setting; did you mean {meant}? Mend or unset it")

    @property
    def database(self) -> str:
        """SQLAlchemy URL of the store."""
        return self.database_url or f"sqlite:///{(self.workspace / 'synth.sqlite').as_posix()}"
