import { expect, test } from "../support/journey.ts";
import { openMenu, signIn } from "../support/screens.ts";
import { finish, line, openStep } from "../support/steps.ts";

const UNIT = "Seksi Pemerintahan";

test.setTimeout(120_000);

test("a unit's data are validated and handed over without a connection, and come back with a reason", async ({
  device,
}) => {
  const laptop = await device("sekretaris");
  await signIn(laptop, "Sekretaris");
  await openStep(laptop, "Penyampaian ke Sekretaris/Perencana");
  await expect(line(laptop, UNIT)).toContainText("belum mulai");

  const phone = await device("hp-kasi", { phone: true });
  await signIn(phone, "Kasi Pemerintahan");
  await phone.waitUntilInstalled();

  await test.step("what is open is in the way, in words and with the way there", async () => {
    await openStep(phone, "Penghimpunan dan validasi", UNIT);
    await expect(phone.page.getByText("1 angka berbeda belum diputuskan.")).toBeVisible();
    await phone.page.getByRole("link", { name: "Buka Angka berbeda" }).click();
    await phone.page.getByRole("link", { name: /^Lihat: / }).click();
    await phone.page.getByText("Sesuai daftar hadir").click();
    await phone.page.getByRole("button", { name: "Gunakan “sudah”" }).click();
    await openMenu(phone, "Isi data");
    await phone.page.getByRole("link", { name: "Periksa & kirim" }).click();
    await phone.page.getByRole("button", { name: "Kirim dan validasi" }).click();
    await expect(phone.page.getByText("Sudah dikirim dan divalidasi.")).toBeVisible();
  });

  await test.step("both steps are ended on a phone that is cut off", async () => {
    phone.wire.cut();
    await openStep(phone, "Penghimpunan dan validasi", UNIT);
    await finish(phone, "200", "Menunggu keputusan angka.");
    await expect(phone.page.getByRole("region", { name: "Pelaksanaan" })).toContainText("200 dari 240 menit");
    await openStep(phone, "Penyampaian ke Sekretaris/Perencana", UNIT);
    await finish(phone, "20", "Menunggu sinyal.");
    await expect(phone.page.getByRole("region", { name: "Pelaksanaan" })).toContainText("selesai");
    await expect(phone.page.getByRole("region", { name: "Pelaksanaan" })).toContainText("data disampaikan, kode segel ");
    await expect(phone.status).toContainText("2 belum terkirim");
    await openMenu(phone, "Isi data");
    await expect(phone.page.getByText("Data unit ini sudah disampaikan.")).toBeVisible();
    await expect(line(laptop, UNIT)).toContainText("belum mulai");
  });

  await test.step("connected again, the Sekretaris sees it without a reload", async () => {
    phone.wire.restore();
    await phone.expectState("green");
    await expect(line(laptop, UNIT)).toContainText("selesai");
    await expect(line(laptop, UNIT)).toContainText("Kasi Pemerintahan");
  });

  await test.step("who has no task of her own is told that she may record for others", async () => {
    const clerk = await device("perencanaan");
    await signIn(clerk, "Kasubbag Perencanaan");
    await expect(clerk.page.getByText("Tidak ada tugas yang menunggu")).toBeVisible();
    await expect(clerk.page.getByText("Tahap yang dapat Anda catat atas nama orang lain ada di Tahapan.")).toBeVisible();
    await openMenu(clerk, "Tahapan");
    // The two quarters before are over, and say so.
    await expect(line(clerk, "selesai dan diarsipkan")).toHaveCount(2);
  });

  await test.step("returned with a reason, the unit may type again and is told why", async () => {
    const { page } = laptop;
    await openStep(laptop, "Kompilasi dan telaah Sekretaris");
    await page.getByRole("button", { name: `Kembalikan ke unit: ${UNIT}` }).click();
    const dialog = page.getByRole("dialog", { name: "Kembalikan ke unit" });
    await dialog.getByRole("button", { name: "Kembalikan ke unit" }).click();
    await expect(dialog.getByRole("alert").filter({ hasText: "Tulis alasan membuka kembali tahap ini." })).toBeVisible();
    await dialog.getByRole("textbox", { name: "Apa yang perlu diperbaiki unit?" }).fill("Cocokkan jumlah nagari.");
    await dialog.getByRole("button", { name: "Kembalikan ke unit" }).click();
    await expect(dialog).toBeHidden();
    await expect(line(laptop, UNIT)).toContainText("berjalan");
    await expect(phone.page.getByText("Data unit ini sudah disampaikan.")).toBeHidden();
    await openMenu(phone, "Beranda");
    await expect(line(phone, "Selesaikan validasi")).toContainText("dikembalikan: Cocokkan jumlah nagari.");
    await openStep(phone, "Penghimpunan dan validasi", UNIT);
    await expect(phone.page.getByText("Putaran sebelumnya")).toBeVisible();
  });
});

test("of two who end a step without a connection one wins and the other is told", async ({ device }) => {
  const step = "Penghimpunan data";
  const member = await device("anggota");
  await signIn(member, "Anggota Tim");
  const secretary = await device("sekretaris-tim");
  await signIn(secretary, "Kasubbag Perencanaan");
  for (const one of [member, secretary]) {
    await openStep(one, step);
    one.wire.cut();
    await one.expectState("offline");
    await finish(one, "110", "Nagari terlambat.");
    await expect(one.status).toContainText("1 belum terkirim");
  }

  member.wire.restore();
  await member.expectState("green");
  secretary.wire.restore();
  await secretary.expectState("attention");
  const told = /^Tahap Penghimpunan data sudah diselesaikan oleh Anggota Tim, .* Catatan Anda tidak dipakai\.$/;
  await expect(secretary.page.getByText(told)).toBeVisible();
  await openMenu(secretary, "Belum terkirim");
  await expect(secretary.page.getByText(told)).toBeVisible();
  await secretary.page.getByRole("button", { name: "Mengerti" }).click();
  await secretary.expectState("green");
});
