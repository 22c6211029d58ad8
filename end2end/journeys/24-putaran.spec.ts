import { expectAccessible } from "../support/accessibility.ts";
import { type Device, expect, test } from "../support/journey.ts";
import { openMenu, signIn } from "../support/screens.ts";

test.setTimeout(180_000);

test("a semester is opened, moved, watched on its board and given up with a reason", async ({ device }) => {
  const planner = await device("perencana");
  await signIn(planner, "Kasubbag Perencanaan");
  const { page } = planner;
  const phone = await device("hp-kasi", { phone: true });
  await signIn(phone, "Kasi Pemerintahan");
  const rounds = page.getByRole("combobox", { name: "Tahapan pengukuran" });
  const line = page.getByRole("main").getByRole("listitem").filter({ hasText: "Semester II 2026" });

  await test.step("its days count back from the day of the regency, while it is typed", async () => {
    await planner.goto("/pengaturan/tahapan");
    await page.getByRole("combobox", { name: "Periode" }).selectOption("-s2");
    await page.getByRole("textbox", { name: "Batas kirim ke kabupaten" }).fill("29 Januari 2027");
    await expect(page.getByText(/^Dihitung mundur .* Penyampaian ke Sekretaris\/Perencana \d+ Jan/)).toBeVisible();
    await page.getByRole("button", { name: "Buka tahapan" }).click();
    await expect(line).toContainText("dibuka");
    await expect(line).toContainText("Batas kirim ke kabupaten 29 Januari 2027");
    await expect(line).toContainText("Batas isi data");
  });

  await test.step("its dates are changed afterwards, also without a connection", async () => {
    planner.wire.cut();
    await line.getByRole("button", { name: "Ubah tanggal: Semester II 2026" }).click();
    const dialog = page.getByRole("dialog", { name: "Ubah tanggal" });
    await dialog.getByRole("textbox", { name: "Batas isi data" }).fill("30 Januari 2027");
    await dialog.getByRole("button", { name: "Ubah tanggal" }).click();
    await expect(dialog.getByRole("alert").filter({ hasText: "harus sebelum" })).toBeVisible();
    await dialog.getByRole("textbox", { name: "Batas isi data" }).fill("21 Januari 2027");
    await dialog.getByRole("button", { name: "Ubah tanggal" }).click();
    await expect(line).toContainText("Batas isi data 21 Januari 2027");
    planner.wire.restore();
    await planner.expectState("green");
  });

  await test.step("others read of it, once, with a mark that is theirs", async () => {
    await openMenu(phone, "Pemberitahuan");
    const notice = phone.page.getByRole("listitem").filter({ hasText: "Tahapan Semester II 2026" });
    await expect(notice).toContainText("tanggalnya diubah");
    await expect(notice).toContainText("21 Januari 2027");
    await expect(notice).toContainText("baru");
    await expectAccessible(phone, "notices");
    await phone.page.getByRole("button", { name: "Tandai semua sudah dibaca" }).click();
    await expect(notice).not.toContainText("baru");
  });

  await test.step("the board says what is missing, and the reminder goes out as text", async () => {
    await rounds.selectOption({ label: "Semester II 2026" });
    await openMenu(planner, "Tahapan");
    await expect(page.getByRole("heading", { name: "Berkas acuan" })).toBeVisible();
    await expect(page.getByText("4 dari 4 berkas acuan belum ada")).toBeVisible();
    await page.getByRole("button", { name: "Ubah: Renstra" }).click();
    const why = page.getByRole("dialog", { name: "Berkas acuan" });
    await why.getByRole("textbox", { name: /^Alasan belum ada/ }).fill("Masih direviu Inspektorat.");
    await why.getByRole("button", { name: "Simpan" }).click();
    await expect(page.getByText("3 dari 4 berkas acuan belum ada")).toBeVisible();
    await page.getByText("Riwayat", { exact: true }).click();
    const changed = page.getByRole("listitem").filter({ hasText: "Keterangan: dibuka · Batas isi data 21 Januari 2027" });
    await expect(changed).toContainText(/sebelumnya: dibuka · Batas isi data \d+ Januari 2027/);
    await expect(changed).toContainText("perangkat ini");
    await page.getByRole("main").getByRole("link", { name: "Penghimpunan data" }).click();
    await expect(page.getByRole("heading", { name: "Papan penghimpunan" })).toBeVisible();
    await page.getByText(/^Seksi Pemerintahan · 0 dari \d+ terisi/).click();
    await expect(page.getByRole("table", { name: "Seksi Pemerintahan" })).toContainText("belum diisi");
    await expectAccessible(planner, "the board");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", { name: "Bagikan pengingat", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Pengingat" });
    const text = dialog.getByRole("textbox", { name: "Teks" });
    await expect(text).toHaveValue(/^Pengingat data kinerja Semester II 2026\nBatas isi data: 21 Januari 2027\./);
    await dialog.getByRole("button", { name: "Salin" }).click();
    await expect(page.getByText("Disalin.")).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await text.inputValue());
    await page.keyboard.press("Escape");
  });

  await test.step("given up with a reason it is closed for everybody, and the reason stands", async () => {
    await planner.goto("/pengaturan/tahapan");
    await line.getByRole("button", { name: "Batalkan tahapan: Semester II 2026" }).click();
    const dialog = page.getByRole("dialog", { name: "Batalkan tahapan" });
    await dialog.getByRole("button", { name: "Batalkan tahapan" }).click();
    await expect(dialog.getByRole("alert").filter({ hasText: "Tulis alasan" })).toBeVisible();
    await dialog.getByRole("textbox", { name: "Mengapa dibatalkan?" }).fill("Kabupaten meminta per triwulan.");
    await dialog.getByRole("button", { name: "Batalkan tahapan" }).click();
    await expect(line).toContainText("dibatalkan");
    await expect(line).toContainText("Kabupaten meminta per triwulan.");
    await expect(line.getByRole("button")).toHaveCount(0);
    const notice = phone.page.getByRole("listitem").filter({ hasText: "Tahapan Semester II 2026 dibatalkan" });
    await expect(notice).toContainText("Kabupaten meminta per triwulan.");
  });
});

test("dates that two people change at once stand side by side until one of them is chosen", async ({ device }) => {
  const people = { planner: await device("perencana"), secretary: await device("sekretaris") };
  await signIn(people.planner, "Kasubbag Perencanaan");
  await signIn(people.secretary, "Sekretaris");
  const lineOf = (who: Device) => who.page.getByRole("main").getByRole("listitem").filter({ hasText: "dibuka" });
  const change = async (who: Device, day: string) => {
    await who.goto("/pengaturan/tahapan");
    who.wire.cut();
    await lineOf(who).getByRole("button", { name: /^Ubah tanggal: / }).click();
    const dialog = who.page.getByRole("dialog", { name: "Ubah tanggal" });
    await dialog.getByRole("textbox", { name: "Batas kirim ke kabupaten" }).fill("30 Desember 2026");
    await dialog.getByRole("textbox", { name: "Batas isi data" }).fill(day);
    await dialog.getByRole("button", { name: "Ubah tanggal" }).click();
    await expect(lineOf(who)).toContainText(`Batas isi data ${day}`);
  };
  await change(people.planner, "11 Desember 2026");
  await change(people.secretary, "14 Desember 2026");
  for (const who of [people.planner, people.secretary]) {
    who.wire.restore();
    await who.expectState("green");
  }
  const { page } = people.planner;
  await lineOf(people.planner).getByRole("link", { name: "Diubah dua orang sekaligus: pilih yang berlaku" }).click();
  await expect(page.getByText("Batas isi data 11 Desember 2026").first()).toBeVisible();
  await expect(page.getByText("Batas isi data 14 Desember 2026").first()).toBeVisible();
  await expectAccessible(people.planner, "two dates of a round");
  await openMenu(people.planner, "Angka berbeda");
  await page.getByRole("link", { name: /^Lihat: .*Tahapan · Triwulan/ }).click();
  await page.getByRole("button", { name: "Salah ketik" }).click();
  await page.getByRole("button", { name: /^Gunakan .*14 Desember 2026/ }).click();
  await people.planner.expectState("green");
  for (const who of [people.planner, people.secretary]) {
    await who.goto("/pengaturan/tahapan");
    await expect(lineOf(who)).toContainText("Batas isi data 14 Desember 2026");
    await expect(lineOf(who).getByRole("link")).toHaveCount(0);
  }
});
