"""What a drawing needs to stand on its own: a name, a description, its source, and the hatch."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from enkat.rendering.chart_layout import HATCH
from enkat.rendering.palette import MUTED, TRACK

_SVG = "http://www.w3.org/2000/svg"
_DC = "http://purl.org/dc/elements/1.1/"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def finish(svg: str, name: str, title: str, description: str, source: str, language: str) -> str:
    """The drawing as an accessible SVG that describes itself, with ids of its own beside others in a page."""
    for prefix, address in (("", _SVG), ("dc", _DC), ("rdf", _RDF)):
        ET.register_namespace(prefix, address)
    root = ET.fromstring(svg)
    for element in root.iter():
        for attribute in [key for key in element.attrib if key == "role" or key.startswith(("aria-", "class"))]:
            del element.attrib[attribute]  # the drawing is one image: its pieces have nothing to say by themselves
    for attribute in ("width", "height"):
        root.set(attribute, root.get(attribute, "").removesuffix("px"))
    root.set("class", "chart")
    root.set("overflow", "visible")  # an unusually wide font is never clipped
    root.set("role", "img")
    root.set("lang", language)
    root.set("aria-labelledby", f"{name}-title {name}-desc")
    if _fill_hatch(root, f"{name}-hatch"):
        root.insert(0, _hatch(f"{name}-hatch"))
    root.insert(0, _metadata(title, description, source, language))
    root.insert(0, _text("desc", f"{name}-desc", description))
    root.insert(0, _text("title", f"{name}-title", title))
    return ET.tostring(root, encoding="unicode") + "\n"


def _text(tag: str, identifier: str, content: str) -> ET.Element:
    element = ET.Element(f"{{{_SVG}}}{tag}", {"id": identifier})
    element.text = content
    return element


def _metadata(title: str, description: str, source: str, language: str) -> ET.Element:
    metadata = ET.Element(f"{{{_SVG}}}metadata")
    about = ET.SubElement(ET.SubElement(metadata, f"{{{_RDF}}}RDF"), f"{{{_RDF}}}Description")
    content = {"title": title, "description": description, "source": source, "language": language}
    for tag, value in content.items():
        ET.SubElement(about, f"{{{_DC}}}{tag}").text = value
    return metadata


def _fill_hatch(root: ET.Element, pattern: str) -> bool:
    hatched = [element for element in root.iter() if element.get("fill") == HATCH]
    for element in hatched:
        element.set("fill", f"url(#{pattern})")
    return bool(hatched)


def _hatch(identifier: str) -> ET.Element:
    definitions = ET.Element(f"{{{_SVG}}}defs")
    attributes = {"id": identifier, "width": "7", "height": "7", "patternUnits": "userSpaceOnUse"}
    pattern = ET.SubElement(definitions, f"{{{_SVG}}}pattern", {**attributes, "patternTransform": "rotate(45)"})
    ET.SubElement(pattern, f"{{{_SVG}}}rect", {"width": "7", "height": "7", "fill": TRACK})
    line = {"x1": "0", "y1": "0", "x2": "0", "y2": "7", "stroke": MUTED, "stroke-width": "1.6"}
    ET.SubElement(pattern, f"{{{_SVG}}}line", line)
    return definitions
