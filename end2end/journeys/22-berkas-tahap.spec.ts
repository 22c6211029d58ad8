import { Inspector } from "../support/inspector.ts";
import { line, pdf, pick } from "../support/evidence.ts";
import { expect, test } from "../support/journey.ts";
import { openMenu, signIn } from "../support/screens.ts";

test("a scan attached to a step without a connection survives a reload and arrives with its paper", async ({ office, device }) => {
  const laptop = await device("sekretaris");
  await signIn(laptop, "Sekretaris");
  await laptop.waitUntilInstalled();
  const { page } = laptop;
  await openMenu(laptop, "Tahapan");
  await page.getByRole("main").getByRole("link", { name: "Kompilasi dan telaah Sekretaris" }).first().click();
  await expect(page.getByRole("heading", { level: 2, name: "Isi tahap ini" })).toBeVisible();
  laptop.wire.cut();
  const files = page.getByRole("group", { name: "Bukti dukung" });
  await pick(laptop, pdf("telaah.pdf", 20_000));
  await expect(line(files, "telaah.pdf")).toContainText("draf");
  await expect(laptop.status).toContainText("1 draf belum disimpan");

  await test.step("the page is loaded again: the file is still listed, and Belum terkirim leads here", async () => {
    await page.reload();
    await expect(line(files, "telaah.pdf")).toContainText("draf");
    await openMenu(laptop, "Belum terkirim");
    await page.getByRole("link", { name: "Buka isian" }).click();
    await expect(line(files, "telaah.pdf")).toContainText("draf");
  });

  await page.getByRole("textbox", { name: /^Catatan/ }).fill("Angka sudah dicocokkan.");
  await page.getByRole("button", { name: "Simpan" }).click();
  await expect(line(files, "telaah.pdf")).not.toContainText("draf");
  laptop.wire.restore();
  await laptop.expectState("green");
  const log = await (await Inspector.open(office, /^Inspektorat/)).log();
  const papers = log.flatMap((entry) => entry.values as { remarks?: string; evidence?: { name: string }[] }[]);
  const paper = papers.findLast((value) => value?.evidence && value.remarks);
  expect(paper?.remarks).toBe("Angka sudah dicocokkan.");
  expect(paper?.evidence?.map((file) => file.name)).toEqual(["telaah.pdf"]);
});
