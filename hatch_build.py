"""Build hook: a wheel or an editable install never lacks its compiled message catalogues."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface[Any]):
    """Runs before hatchling collects files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - the signature is hatchling's
        """See the base class; ``version`` and ``build_data`` need no change."""
        sys.path.insert(0, self.root)
        from bot.catalogues import compile_catalogues

        compile_catalogues(Path(self.root) / "locales")
