import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

/** What somebody gets who selects all of a PDF, and the names of the fonts in it. */
export async function readPdf(bytes: Uint8Array) {
  // The reader takes the bytes away from who gave them: a copy.
  const task = getDocument({
    data: Uint8Array.from(bytes),
    verbosity: 0,
    disableFontFace: true,
    useSystemFonts: false,
  });
  const document = await task.promise;
  try {
    const page = await document.getPage(1);
    const { items } = await page.getTextContent();
    await page.getOperatorList();
    const pieces = items.flatMap((item) => ("str" in item ? [item] : []));
    const fonts = new Set(pieces.map(({ fontName }) => String(page.commonObjs.get(fontName).name)));
    const { info } = await document.getMetadata();
    const [, , width, height] = page.view;
    return {
      pages: document.numPages,
      lines: pieces.map(({ str }) => str).filter((line) => line.trim() !== ""),
      fonts: [...fonts],
      about: JSON.stringify(info),
      width,
      height,
    };
  } finally {
    await task.destroy();
  }
}
