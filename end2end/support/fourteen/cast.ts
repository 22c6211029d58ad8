import { addPerson, addPost, enterAs, found, openPerson } from "../founding.ts";
import type { Device, DeviceOptions } from "../device.ts";
import type { Office } from "../office.ts";

export const UNITS = ["Sekretariat", "Seksi Pemerintahan", "Seksi Pelayanan"] as const;
export const [SECRETARIAT, GOVERNMENT, SERVICE] = UNITS;

/** Seven people, each on a device of their own. */
export interface Cast {
  /** Kasubbag Perencanaan: Sekretaris Tim, and the office's admin. */
  planner: Device;
  camat: Device;
  /** Sekretaris, later Plt. Camat too. */
  secretary: Device;
  government: Device;
  service: Device;
  /** Anggota Tim SAKIP, who is Bendahara too. */
  member: Device;
  /** Pelaksana of Seksi Pemerintahan. */
  officer: Device;
}

type Open = (name: string, options?: DeviceOptions) => Promise<Device>;

/** A new office with its plan, its people and its calendar. */
export async function openOffice(planner: Device, office: Office, plan: string): Promise<void> {
  await found(planner, office, "Kasubbag Perencanaan", "perencanaan");
  await office.stop();
  await office.run("import", "plan", plan);
  await office.start();
  await planner.expectState("green");
  const { page } = planner;
  await planner.goto("/pengaturan/nagari");
  await page.getByRole("textbox", { name: "Daftar nagari" }).fill(NAGARI.join("\n"));
  await page.getByRole("button", { name: "Tambahkan ke daftar" }).click();
  await planner.goto("/pengaturan/kalender");
  await page.getByRole("textbox", { name: /^Hari libur/ }).fill("16 Januari 2026 Isra Mikraj");
  await page.getByRole("button", { name: "Simpan" }).click();
  await planner.expectState("green");
}

export const NAGARI = ["Nagari Satu", "Nagari Dua", "Nagari Tiga", "Nagari Empat", "Nagari Lima"];

/** Everybody's account, and the posts of the planner herself. */
export async function hire(planner: Device): Promise<void> {
  const unit = (post: string, of: string) => [{ post, unit: of }];
  await addPerson(planner, "Camat", "camat", [{ post: "Camat" }]);
  await addPerson(planner, "Sekretaris", "sekretaris", unit("Sekretaris", SECRETARIAT));
  await addPerson(planner, "Kasi Pemerintahan", "kasi.pemerintahan", unit("Kepala Seksi", GOVERNMENT));
  await addPerson(planner, "Kasi Pelayanan", "kasi.pelayanan", unit("Kepala Seksi", SERVICE));
  await addPerson(planner, "Anggota Tim", "anggota.tim", [{ post: "Anggota Tim SAKIP" }, { post: "Bendahara" }]);
  await addPerson(planner, "Staf Lapangan", "staf.lapangan", unit("Pelaksana", GOVERNMENT));
  await openPerson(planner, "Kasubbag Perencanaan");
  await addPost(planner, { post: "Kepala Sub Bagian", unit: "Sub Bagian Perencanaan" });
  await addPost(planner, { post: "Sekretaris Tim SAKIP" });
}

/** Everybody signs in on a device of their own. */
export async function gather(planner: Device, open: Open): Promise<Cast> {
  const join = async (name: string, username: string, options?: DeviceOptions) => {
    const device = await open(name, options);
    await enterAs(device, username);
    await device.waitUntilInstalled();
    return device;
  };
  return {
    planner,
    camat: await join("hp-camat", "camat", { phone: true }),
    secretary: await join("sekretaris", "sekretaris"),
    government: await join("kasi-pemerintahan", "kasi.pemerintahan"),
    service: await join("hp-kasi-pelayanan", "kasi.pelayanan", { phone: true }),
    member: await join("anggota-tim", "anggota.tim"),
    officer: await join("hp-staf", "staf.lapangan", { phone: true }),
  };
}
