"""QR codes as SVG, drawn in one ink."""

import io

import segno


def qr_svg(data: str) -> str:
    """A black QR code with its quiet zone; error correction M survives a fold and a stain."""
    buffer = io.BytesIO()
    segno.make(data, error="m", micro=False).save(
        buffer,
        kind="svg",
        scale=1,
        border=2,
        dark="#000000",
        light="#ffffff",
        xmldecl=False,
        svgns=True,
        nl=False,
    )
    return buffer.getvalue().decode()
