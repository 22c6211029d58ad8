import { expect, test } from "../support/journey.ts";
import { printedSheets, type Sheet } from "../support/pdf.ts";
import { signIn } from "../support/screens.ts";

/** Landscape. */
const PAPER: Record<string, Sheet> = { a4: { across: 297, down: 210 }, f4: { across: 330, down: 215 } };

test("the Form Pengukuran Kinerja is printed on A4 and on F4, landscape, over several sheets", async ({ device }) => {
  const laptop = await device("laptop");
  const { page } = laptop;
  await signIn(laptop, "Sekretaris");
  await laptop.goto("/rekap/cetak");
  await expect(page.getByText("FORM PENGUKURAN KINERJA").first()).toBeVisible();
  for (const [paper, sheet] of Object.entries(PAPER)) {
    await page.getByRole("combobox", { name: "Kertas" }).selectOption(paper);
    await test.step(paper, async () => {
      const sheets = await printedSheets(laptop);
      expect(sheets.length).toBeGreaterThan(1);
      for (const found of sheets) expect(found).toEqual(sheet);
    });
  }
});
