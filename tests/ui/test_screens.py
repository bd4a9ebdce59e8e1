"""The pictures of the window in docs/screens, which `python -m docs.screens` makes."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from ui.pages import PLACES

SCREENS = Path(__file__).parents[2] / "docs" / "screens"
DIALOGS = ("lines", "import-report", "print-preview", "review")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", [*(place.key for place in PLACES), *DIALOGS])
def test_each_page_and_dialog_has_its_picture(name, theme):
    picture = QImage(str(SCREENS / f"{name}-{theme}.png"))
    assert picture.width() >= 1000
    assert picture.height() >= 500
