import { expect, test, type Device } from "../support/journey.ts";
import { candidate, openMenu, signIn } from "../support/screens.ts";

const COMPLAINTS = "Keluhan belum tertangani";

/** Opens a step's page from the list of steps. */
async function openStep(device: Device, step: string): Promise<void> {
  await openMenu(device, "Tahapan");
  await device.page.getByRole("main").getByRole("link", { name: step }).first().click();
  await expect(device.page.getByRole("heading", { level: 1, name: new RegExp(step) })).toBeVisible();
}

test("what is typed about a step survives a killed browser without a connection", async ({ device }) => {
  const laptop = await device("laptop");
  await signIn(laptop, "Anggota Tim");
  await laptop.waitUntilInstalled();
  // Signed in at the office, used elsewhere: the browser was closed in between.
  await laptop.restart();
  await laptop.goto("/");
  await openStep(laptop, "Penghimpunan data");
  const route = new URL(laptop.page.url()).pathname;
  const notes = () => laptop.page.getByRole("textbox", { name: /^Catatan/ });
  laptop.wire.cut();
  await notes().fill("Nagari Contoh T menyusul.");
  await expect(laptop.status).toContainText("1 draf belum disimpan");

  await test.step("killed a second after the last key, it stands there again", async () => {
    const last = Date.now();
    await expect.poll(() => Date.now() - last).toBeGreaterThan(1000);
    await laptop.kill();
    await laptop.start();
    await laptop.goto(route);
    await expect(notes()).toHaveValue("Nagari Contoh T menyusul.");
    await expect(laptop.page.getByText("Isi ini baru diubah dari perangkat lain")).toHaveCount(0);
  });

  await test.step("the list of drafts names the step and leads to it", async () => {
    await openMenu(laptop, "Belum terkirim");
    const draft = laptop.page.getByRole("listitem").filter({ hasText: "Nagari Contoh T menyusul." });
    await expect(draft).toContainText("Penghimpunan data");
    await draft.getByRole("link", { name: "Buka" }).click();
    await expect(notes()).toHaveValue("Nagari Contoh T menyusul.");
  });

  await test.step("saved, nothing of it is a draft any more", async () => {
    await laptop.page.getByRole("button", { name: "Simpan", exact: true }).click();
    await expect(laptop.status).toContainText("1 belum terkirim");
    laptop.wire.restore();
    await laptop.expectState("green");
    await expect(notes()).toHaveValue("Nagari Contoh T menyusul.");
  });
});

test("a form of Pengaturan keeps what is typed until it is saved or cancelled", async ({ device }) => {
  const laptop = await device("laptop");
  const { page } = laptop;
  await signIn(laptop, "Admin");
  await laptop.goto("/pengaturan/unit");
  const add = page.getByRole("button", { name: "Tambah unit" });
  const name = page.getByRole("textbox", { name: /^Nama unit/ });
  await add.click();
  await name.fill("Seksi Baru");
  await expect(laptop.status).toContainText("1 draf belum disimpan");
  await page.reload();
  await add.click();
  await expect(name).toHaveValue("Seksi Baru");
  await page.getByRole("button", { name: "Batal" }).click();
  await laptop.expectState("green");
  await add.click();
  await expect(name).toHaveValue("");
});

test("what is typed while a form is being saved is not taken away", async ({ device }) => {
  const laptop = await device("laptop");
  const { page } = laptop;
  await signIn(laptop, "Admin");
  await laptop.goto("/pengaturan/tahapan");
  const due = page.getByRole("textbox", { name: "Batas isi data" });
  await page.getByRole("combobox", { name: "Periode" }).selectOption("-q4");
  await due.fill("20 Januari 2027");
  // Typed right behind the press, before any database can have answered.
  await page.getByRole("button", { name: "Buka tahapan" }).evaluate(async (press, field) => {
    (press as HTMLButtonElement).click();
    await Promise.resolve();
    (field as HTMLInputElement).value = "20 April 2027";
    field!.dispatchEvent(new Event("input", { bubbles: true }));
  }, await due.elementHandle());
  await expect(page.getByText("Tersimpan.", { exact: true })).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "dibuka" })).toHaveCount(2);
  await expect(page.getByRole("combobox", { name: "Periode" })).not.toHaveValue("-q4");
  await expect(due).toHaveValue("20 April 2027");
  await expect(laptop.status).toContainText("1 draf belum disimpan");
});

test("what is typed about a value that one judges is kept, and the list of drafts leads back", async ({ device }) => {
  const laptop = await device("laptop");
  const { page } = laptop;
  await signIn(laptop, "Kasi Pemerintahan");
  await openMenu(laptop, "Validasi");
  const comment = candidate(laptop, COMPLAINTS).getByRole("textbox", { name: "Apa yang perlu diperbaiki?" });
  const reason = page.getByRole("textbox", { name: /^Tulis alasannya/ });

  await test.step("a comment, after a reload", async () => {
    await candidate(laptop, COMPLAINTS).getByRole("button", { name: "Kembalikan" }).click();
    await expect(comment).toBeFocused();
    await comment.fill("Cocokkan dengan buku");
    await expect(laptop.status).toContainText("1 draf belum disimpan");
    await page.reload();
    await expect(comment).toHaveValue("Cocokkan dengan buku");
  });

  await test.step("a reason for a decision, after a reload; the list leads to both", async () => {
    await openMenu(laptop, "Angka berbeda");
    await page.getByRole("link", { name: /^Lihat: / }).click();
    await page.getByRole("button", { name: "Lainnya" }).click();
    await reason.fill("Sesuai berita acara");
    await expect(laptop.status).toContainText("2 draf belum disimpan");
    await page.reload();
    await expect(reason).toHaveValue("Sesuai berita acara");
    await openMenu(laptop, "Belum terkirim");
    const drafts = page.getByRole("listitem");
    await drafts.filter({ hasText: "Cocokkan dengan buku" }).getByRole("link", { name: "Buka" }).click();
    await expect(comment).toHaveValue("Cocokkan dengan buku");
    await openMenu(laptop, "Belum terkirim");
    await drafts.filter({ hasText: "Sesuai berita acara" }).getByRole("link", { name: "Buka" }).click();
    await expect(reason).toHaveValue("Sesuai berita acara");
  });

  await test.step("given with the decision and the return, nothing of it is a draft any more", async () => {
    await page.getByRole("button", { name: "Gunakan “sudah”" }).click();
    await expect(page.getByRole("heading", { name: "Keputusan tersimpan" })).toBeVisible();
    await expect(laptop.status).toContainText("1 draf belum disimpan");
    await openMenu(laptop, "Validasi");
    await candidate(laptop, COMPLAINTS).getByRole("button", { name: "Kembalikan" }).click();
    await laptop.expectState("green");
    await expect(candidate(laptop, COMPLAINTS)).toContainText("dikembalikan");
  });
});
