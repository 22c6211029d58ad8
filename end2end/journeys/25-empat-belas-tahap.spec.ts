import path from "node:path";

import * as begin from "../support/fourteen/beginning.ts";
import { gather, hire, openOffice } from "../support/fourteen/cast.ts";
import * as check from "../support/fourteen/checking.ts";
import * as collect from "../support/fourteen/collecting.ts";
import * as send from "../support/fourteen/sending.ts";
import * as sign from "../support/fourteen/signing.ts";
import { expect, test } from "../support/journey.ts";
import { table } from "../support/worked.ts";

const FIXTURES = path.join(import.meta.dirname, "fixtures");
const PLAN = path.join(FIXTURES, "empat-belas-tahap.csv");
const WORKED = path.join(FIXTURES, "empat-belas-tahap.md");
const FIGURES = table(WORKED, "Figures");

test.use({ officeOptions: { demo: false } });
test.setTimeout(300_000);

test("fourteen steps, seven people, three of them cut off, a Plt. in between: one archived document", async ({
  office,
  device,
}) => {
  const began = Date.now();
  const planner = await device("perencanaan");
  const cast = await test.step("an empty office gets its plan, its people and a round", async () => {
    await openOffice(planner, office, PLAN);
    await hire(planner);
    await begin.openRound(planner);
    return gather(planner, device);
  });

  await test.step("1 Perintah", () => begin.order(cast));
  await test.step("2 Penyusunan form: what is left out", () => begin.draft(cast));
  await test.step("3 Penyampaian form: is gone from entry", () => begin.deliver(cast));
  await test.step("4 Undangan rapat", () => begin.invite(cast));
  await test.step("5 Rapat pembahasan: a decision changes the form", () => begin.meet(cast));

  await test.step("three are cut off: two carry out 6, 7 and 8, one has a tick that comes too late", async () => {
    await collect.serviceWithoutConnection(cast);
    await collect.collectWithoutConnection(cast);
    await collect.tickNagari(cast);
    await collect.tickWithoutConnection(cast);
  });
  await test.step("7 and 8 of the others", async () => {
    await collect.governmentDone(cast);
    await collect.secretariatDone(cast);
  });
  await test.step("connected again, all of it stands at the office", async () => {
    await collect.reconnect(cast.service);
    await collect.reconnect(cast.member);
    await collect.compile(cast, "45");
    await cast.service.close();
  });

  const before = await sign.digest(cast.secretary);
  await test.step("9 Koreksi Camat: a figure goes back to its unit, more stays on a phone that is cut off", async () => {
    await sign.correct(cast);
    await sign.mend(cast);
    await collect.compile(cast, "10");
  });
  await test.step("the Camat is replaced by a Plt., who ends 9; 10 Pengajuan persetujuan", async () => {
    await sign.replaceCamat(cast);
    await sign.endCorrection(cast);
    await sign.submit(cast);
  });
  await test.step("the Camat's own late work arrives, and changes nothing", async () => {
    const submitted = await sign.digest(cast.secretary);
    expect(submitted).not.toBe(before);
    await sign.lateWork(cast);
    expect(await sign.digest(cast.secretary)).toBe(submitted);
    await cast.camat.close();
  });
  await test.step("11 Penandatanganan", () => sign.sign(cast));
  const number = await test.step("12 Surat pengantar dan nomor", () => send.number(cast));
  await test.step("13 Penggandaan, 14 Pengarsipan", () => send.archive(cast));

  await test.step("the document is the one worked out by hand, signed as it stands", async () => {
    const files = await send.takePackage(cast);
    const document = check.documentOf(files);
    check.expectFigures(document, FIGURES);
    const signature = check.signatureOf(files);
    expect(signature.title).toEqual(["Plt. CAMAT UJI"]);
    expect(signature.document.sha256).toBe(document.sha256);
    expect(document.sha256).not.toBe(before);
    const manifest = JSON.parse(String(files.get("manifest.json")));
    expect(manifest.letter.number).toBe(number);
    expect(manifest.document).toBe(document.sha256);
    expect(JSON.parse(String(files.get("surat-dan-arsip.json"))).number.number).toBe(number);
    check.expectSevenDevices(files);

    expect(await sign.digest(cast.secretary)).toBe(document.sha256);
    await expect(cast.secretary.page.getByText("sama dengan yang ditandatangani")).toBeVisible();
    await check.expectShown(cast.secretary, FIGURES);
  });
  await test.step("so are the means and the minutes", async () => {
    await check.expectMeans(cast.secretary, table(WORKED, "Means"));
    const minutes = Math.ceil((Date.now() - began) / 60_000);
    await check.expectMinutes(cast.secretary, table(WORKED, "Minutes"), minutes);
    await check.expectPeople(cast.secretary, table(WORKED, "People"));
  });
  await test.step("everything is locked, for what comes late too", async () => {
    await send.expectLocked(cast);
    const signed = await sign.digest(cast.secretary);
    await send.tooLate(cast);
    expect(await sign.digest(cast.secretary)).toBe(signed);
  });
});
