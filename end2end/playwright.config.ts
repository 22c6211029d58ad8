import { defineConfig } from "@playwright/test";

// Every journey starts its own office (the real binary, an own database) and
// its own devices, so journeys share nothing and may run side by side.
export default defineConfig({
  testDir: "journeys",
  outputDir: "test-results",
  timeout: 120_000,
  expect: { timeout: 20_000 },
  workers: 2,
  fullyParallel: true,
  forbidOnly: process.env.CI === "true",
  reporter: [["list"]],
  use: { screenshot: "only-on-failure", actionTimeout: 20_000, navigationTimeout: 30_000 },
});
