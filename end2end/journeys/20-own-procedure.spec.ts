import { expect, test } from "../support/journey.ts";
import { signIn } from "../support/screens.ts";

test("an office brings its own SOP, and a running round keeps the one it has", async ({ device }) => {
  const admin = await device("laptop");
  await signIn(admin, "Admin");
  await admin.goto("/pengaturan/sop");
  const text = admin.page.getByRole("textbox", { name: "Isi SOP (TOML)" });
  const save = admin.page.getByRole("button", { name: "Periksa dan simpan" });
  const versions = admin.page.getByRole("listitem").filter({ hasText: "14 tahap" });
  await expect(versions).toHaveCount(1);
  await expect(versions).toContainText("sedang dipakai");
  await admin.page.getByRole("button", { name: /^Buka sebagai teks/ }).click();
  await expect(text).toHaveValue(/number = 14/);
  const printed = await text.inputValue();

  await test.step("what is wrong is told by its line, and nothing is stored", async () => {
    const wrong = printed.replace("after = [3]", "after = [14]");
    const line = wrong.slice(0, wrong.indexOf("number = 4\n")).split("\n").length;
    await text.fill(wrong);
    await save.click();
    await expect(admin.page.getByRole("alert")).toContainText(`Baris ${line}: Tahap 4 menunggu tahap 14`);
    await expect(versions).toHaveCount(1);
  });

  await test.step("mended, it is a second version beside the first", async () => {
    await text.fill(printed.replace("/01/SOP/", "/02/SOP/").replace("minutes = 240", "minutes = 200"));
    await save.click();
    await expect(versions).toHaveCount(2);
    await expect(versions.filter({ hasText: "/02/SOP/" })).not.toContainText("sedang dipakai");
    await admin.expectState("green");
  });

  await test.step("a new round can run by it", async () => {
    await admin.goto("/pengaturan/tahapan");
    await admin.page.getByRole("combobox", { name: "Periode" }).selectOption("-q4");
    const choice = admin.page.getByRole("combobox", { name: "SOP" });
    const second = await choice.getByRole("option", { name: /\/02\/SOP\// }).getAttribute("value");
    await choice.selectOption(second);
    await admin.page.getByRole("textbox", { name: "Batas isi data" }).fill("20 Januari 2027");
    await admin.page.getByRole("button", { name: "Buka tahapan" }).click();
    await expect(admin.page.getByRole("listitem").filter({ hasText: "dibuka" })).toHaveCount(2);
    await admin.expectState("green");
  });

  await test.step("its sheet prints word for word, with a note where the print slips", async () => {
    await admin.goto("/pengaturan/sop");
    await admin.page.getByRole("link", { name: /^Buka: / }).first().click();
    const sheet = admin.page.getByRole("article");
    await expect(sheet.getByRole("row")).toHaveCount(15);
    await expect(sheet.getByRole("columnheader", { name: "Ouput" })).toBeVisible();
    await expect(sheet).toContainText('Kepala kolom tercetak "Ouput" pada naskah asli');
    await expect(sheet).toContainText("Dinas Pertanian");
  });
});

test("hours and holidays are written as people write them, and devices are shown", async ({ device }) => {
  const admin = await device("laptop");
  await signIn(admin, "Admin");
  await admin.goto("/pengaturan/kalender");
  const hours = admin.page.getByRole("textbox", { name: /^Jam kerja/ });
  const holidays = admin.page.getByRole("textbox", { name: /^Hari libur/ });
  await expect(hours).toHaveValue(/Senin-Kamis 07\.30-12\.00 13\.00-16\.00/);
  await holidays.fill("1 Januari 2027 Tahun Baru\nSenin depan libur");
  await admin.page.getByRole("button", { name: "Simpan" }).click();
  await expect(admin.page.getByRole("alert")).toContainText("Baris 2 tidak terbaca: Senin depan libur");
  await holidays.fill("1 Januari 2027 Tahun Baru\n16/2/2027 Cuti bersama");
  await admin.page.getByRole("button", { name: "Simpan" }).click();
  await expect(admin.page.getByText("Tersimpan")).toBeVisible();
  await admin.expectState("green");
  await admin.page.reload();
  await expect(holidays).toHaveValue("1 Januari 2027 Tahun Baru\n16 Februari 2027 Cuti bersama");

  await admin.goto("/pengaturan/perangkat");
  await expect(admin.page.getByRole("listitem").filter({ hasText: /Perangkat berkode .*sudah terkirim/ }).first()).toBeVisible();
  await admin.wire.cut();
  await admin.goto("/pengaturan/perangkat");
  await expect(admin.page.getByRole("alert")).toContainText("Tidak ada sambungan ke kantor");
});
