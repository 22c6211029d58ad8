import { drawn, line } from "../support/evidence.ts";
import { expect, test } from "../support/journey.ts";
import { openMenu, recapRow, signIn } from "../support/screens.ts";
import { openStep } from "../support/steps.ts";

const INDICATOR = "Nagari tertib administrasi";

test("the Sekretaris sees six units on one board and copies a reminder to the one that is late", async ({ device }) => {
  const laptop = await device("laptop");
  const { page } = laptop;
  await signIn(laptop, "Sekretaris");
  await openStep(laptop, "Penghimpunan data");
  const board = page.locator("section", { has: page.getByRole("heading", { name: "Papan penghimpunan" }) });
  const late = board.getByText(/^Seksi Ketenteraman dan Ketertiban · 1 dari 3 terisi · terlambat 1 hari kerja/);
  await expect(board.getByText(/^Seksi .* terisi/)).toHaveCount(5);
  await late.click();
  const unit = board.locator("details").filter({ hasText: "Seksi Ketenteraman dan Ketertiban" });
  await unit.getByRole("button", { name: "Bagikan pengingat" }).click();
  const dialog = page.getByRole("dialog", { name: "Pengingat" });
  const text = dialog.getByRole("textbox", { name: "Teks" });

  await test.step("the text names the unit, what it owes and until when, and no other unit", async () => {
    await expect(text).toHaveValue(/^Pengingat data kinerja Triwulan III \d{4}\nBatas isi data: \d+ \S+ \d{4}\.\n/);
    await expect(text).toHaveValue(/\n\nSeksi Ketenteraman dan Ketertiban: 2 dari 3 data belum diisi\n- .+\n- .+\n\n/);
    await expect(text).toHaveValue(/Terima kasih\.\nKecamatan Contoh$/);
    await expect(text).not.toHaveValue(/Seksi (Pem|Pel|Kes)|Sub Bagian/);
  });

  await test.step("copied, it is on the clipboard as it stands", async () => {
    await laptop.context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: laptop.address });
    await text.fill(`${await text.inputValue()}\n\nHormat kami, Sekretaris`);
    await dialog.getByRole("button", { name: "Salin" }).click();
    await expect(page.getByText("Disalin. Tempel di WhatsApp atau surel.")).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await text.inputValue());
  });
});

test("the Inspektorat opens the signed quarter down to one number, and a photo behind a number", async ({ device }) => {
  const laptop = await device("laptop");
  const { page } = laptop;
  await signIn(laptop, "Inspektorat");

  await test.step("signed: by whom, in whose name, with the scan", async () => {
    await openMenu(laptop, "Tahapan");
    await page.getByRole("link", { name: /^Triwulan II \d{4}$/ }).click();
    await expect(page.getByRole("main")).toContainText("selesai dan diarsipkan");
    await page.getByRole("main").getByRole("link", { name: "Penandatanganan" }).click();
    const standing = page.getByRole("region", { name: "Pelaksanaan" });
    await expect(standing).toContainText("Sekretaris sebagai a.n. CAMAT CONTOH, SEKRETARIS");
    const scan = page.getByRole("link", { name: "halaman-tanda-tangan.pdf" });
    const answer = await page.request.get((await scan.getAttribute("href")) ?? "");
    expect(answer.status()).toBe(200);
    expect((await answer.body()).subarray(0, 5).toString()).toBe("%PDF-");
    await page.getByRole("link", { name: "Lihat dokumen" }).click();
    const signed = page.getByRole("row").filter({ hasText: INDICATOR });
    await expect(signed).toContainText("11");
  });

  await test.step("down to one number: inputs, formula, policy", async () => {
    await openMenu(laptop, "Rekap capaian");
    const quarter = page.getByRole("combobox", { name: "Periode" });
    const past = await quarter.getByRole("option", { name: /^Triwulan II \d{4}$/ }).getAttribute("value");
    await quarter.selectOption(past);
    await expect(recapRow(laptop, INDICATOR)).toContainText("11");
    await page.getByRole("button", { name: `Cara hitung: ${INDICATOR}` }).first().click();
    const dialog = page.getByRole("dialog", { name: INDICATOR });
    await expect(dialog).toContainText("11 / 20 × 100");
    await expect(dialog).toContainText("Rincian per nagari · 11/20 · 20 dari 20 terisi");
    await page.keyboard.press("Escape");
  });

  await test.step("a photo behind a number, small on the page and whole in its own", async () => {
    await page.goto("/beda");
    await page.getByRole("link", { name: /^Lihat: / }).click();
    const photo = line(page.getByRole("main"), "musyawarah 1.jpg").last();
    await expect.poll(() => drawn(photo)).toBeGreaterThan(0);
    const whole = await page.request.get((await photo.getByRole("link").first().getAttribute("href")) ?? "");
    expect(whole.status()).toBe(200);
    expect(whole.headers()["content-type"]).toBe("image/jpeg");
  });
});
