"""Logos and the picture of the cover: looked for in the project, made harmless, and as fine as print asks."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path, PurePosixPath

from bulletin.limits import PICTURE, PICTURE_PIXELS
from bulletin.load.project_files import ProjectFiles
from bulletin.load.svg import harmless
from bulletin.load.yaml_text import Line, Map, Seq, Tree, place
from bulletin.model.finding import Finding, Parameter, Severity
from bulletin.model.theme import PANEL, CoverPicture, Logo, Picture, Theme

DPI = 200.0
"""Dots per inch below which print shows them."""

_LOGO_DPI, _COVER_DPI = 600.0, 300.0
"""What is kept of finer pictures: more makes the files large and nothing sharper."""

_HEIGHTS = (8.0, 24.0)
"""Millimetres of a logo."""

ROOM, APART = 170.0, 8.0
"""Millimetres: the foot of the cover, and what is left free between two logos."""

_LOGO = (".svg", ".png", ".jpg", ".jpeg")
_COVER = (".jpg", ".jpeg", ".png")


def read_pictures(project: ProjectFiles, theme: Theme, tree: Map) -> Mapping[str, Picture]:
    """`tree`: of the theme, for the lines."""
    found: dict[str, Picture] = {}
    logos = tree.get("logos")
    for number, logo in enumerate(theme.logos, 1):
        at = logos.at[number - 1] if isinstance(logos, Seq) else tree.own
        picture = _Reading(project, theme, at, f"logos.{number}").logo(logo)
        if picture is not None:
            found[f"cover.logo.{number}"] = picture
    wide = sum(picture.width for picture in found.values()) + APART * (len(found) - 1)
    if wide > ROOM:
        told: dict[str, Parameter] = {"found": round(wide), "room": ROOM}
        project.findings.append(Finding("logos-too-wide", Severity.ERROR, place(tree.at["logos"], "logos"), "theme.logos", told))
    if theme.cover_picture is not None:
        cover = _Reading(project, theme, tree.at["cover_picture"], "cover_picture").cover(theme.cover_picture)
        if cover is not None:
            found["cover.picture"] = cover
    return found


def texts_of(tree: Tree) -> Map:
    """The parts of a theme that say something to readers."""
    assert isinstance(tree, Map)
    said = Map(tree.own)
    for key in ("logos", "cover_picture"):
        if tree.get(key) is not None:
            said.put(key, tree[key], tree.at[key])
    return said


class _Reading:
    def __init__(self, project: ProjectFiles, theme: Theme, at: Line, name: str) -> None:
        self.project, self.theme, self.at, self.name = project, theme, at, name

    def _told(self, rule: str, severity: Severity, **parameters: Parameter) -> None:
        self.project.findings.append(Finding(rule, severity, place(self.at, self.name), f"theme.{self.name}", parameters))

    def logo(self, logo: Logo) -> Picture | None:
        low, high = _HEIGHTS
        if not low <= logo.height <= high:
            told: dict[str, Parameter] = {"token": f"{self.name}.height", "found": logo.height, "low": low, "high": high}
            self._told("theme-size", Severity.ERROR, theme=self.theme.id, **told)
            return None
        data = self._bytes(logo.file, _LOGO)
        if data is None:
            return None
        if not logo.file.lower().endswith(".svg"):
            return self._raster(data, logo.file, logo.height)
        try:
            drawing = harmless(data)
        except ValueError:
            self._told("picture-unreadable", Severity.ERROR, file=logo.file)
            return None
        if drawing.removed:
            self._told("logo-cleaned", Severity.WARNING, file=logo.file, removed=", ".join(drawing.removed))
        if drawing.lettered:
            self._told("logo-lettering", Severity.ERROR, file=logo.file)
            return None
        beside = str(PurePosixPath(logo.file).with_suffix(".png"))
        if not (self.project.root / beside).is_file():
            self._told("logo-without-png", Severity.ERROR, file=logo.file, beside=beside)
            return None
        raster = self._bytes(beside, (".png",))
        picture = self._raster(raster, beside, logo.height) if raster is not None else None
        return Picture(picture.data, drawing.data, drawing.aspect * logo.height, logo.height) if picture else None

    def cover(self, picture: CoverPicture) -> Picture | None:
        for name, share in zip("xy", picture.focus, strict=True):
            if not 0 <= share <= 1:
                token = f"{self.name}.focus.{name}"
                self._told("theme-size", Severity.ERROR, theme=self.theme.id, token=token, found=share, low=0, high=1)
                return None
        data = self._bytes(picture.file, _COVER)
        return self._photograph(data, picture.file) if data is not None else None

    def _bytes(self, file: str, kinds: tuple[str, ...]) -> bytes | None:
        """Of a file inside the project, with one of these endings."""
        path = (self.project.root / Path(*PurePosixPath(file.replace("\\", "/")).parts)).resolve()
        if not path.is_relative_to(self.project.root.resolve()) or PurePosixPath(file).is_absolute():
            self._told("picture-outside", Severity.ERROR, file=file[:80])
            return None
        if not file.lower().endswith(kinds):
            self._told("picture-kind", Severity.ERROR, file=file[:80], known=", ".join(k.lstrip(".").upper() for k in kinds))
            return None
        if not path.is_file():
            self._told("picture-missing", Severity.ERROR, file=file[:80])
            return None
        if path.stat().st_size > PICTURE.most:
            self._told(
                "picture-too-large",
                Severity.ERROR,
                file=file,
                found=round(path.stat().st_size / 1e6),
                most=round(PICTURE.most / 1e6),
            )
            return None
        return self.project.files.read(self.project.root / path.relative_to(self.project.root.resolve()))

    def _raster(self, data: bytes, file: str, height: float) -> Picture | None:
        """A logo as PNG, without what cameras and programs write into files."""
        from PIL import Image, ImageOps

        try:
            with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as opened:
                if opened.width * opened.height > PICTURE_PIXELS.most:
                    raise ValueError(opened.size)
                image = ImageOps.exif_transpose(opened).convert("RGBA")
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            self._told("picture-unreadable", Severity.ERROR, file=file)
            return None
        width = image.width / image.height * height
        self._check(image.height / (height / 25.4), round(DPI * height / 25.4), file, "height")
        most = round(_LOGO_DPI * height / 25.4)
        if image.height > most:
            image = image.resize((max(1, round(image.width * most / image.height)), most), Image.Resampling.LANCZOS)
        out = BytesIO()
        image.save(out, "PNG", optimize=True)
        return Picture(out.getvalue(), b"", width, height)

    def _photograph(self, data: bytes, file: str) -> Picture | None:
        """As JPEG without place and time of the camera, whole: it is cropped on the page, where its focus is known."""
        from PIL import Image, ImageOps

        try:
            with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as opened:
                if opened.width * opened.height > PICTURE_PIXELS.most:
                    raise ValueError(opened.size)
                whole = ImageOps.exif_transpose(opened)
                image = Image.new("RGB", whole.size, self.theme.colour.paper)
                image.paste(whole.convert("RGBA"), mask=whole.convert("RGBA").getchannel("A"))
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            self._told("picture-unreadable", Severity.ERROR, file=file)
            return None
        scale = max(PANEL[0] / image.width, PANEL[1] / image.height)
        self._check(25.4 / scale, round(DPI * PANEL[0] / 25.4), file, "width")
        if (finer := 25.4 / scale / _COVER_DPI) > 1:
            image = image.resize((round(image.width / finer), round(image.height / finer)), Image.Resampling.LANCZOS)
            scale *= finer
        out = BytesIO()
        image.save(out, "JPEG", quality=88, optimize=True)
        return Picture(out.getvalue(), b"", image.width * scale, image.height * scale)

    def _check(self, found: float, needed: int, file: str, side: str) -> None:
        if found < DPI:
            told: dict[str, Parameter] = {"found": int(found), "least": DPI, "needed": needed, "side": side}
            self._told("picture-coarse", Severity.WARNING, file=file, **told)
