// Drives a page in Chromium: a JSON of what to do comes in, a JSON of what was seen goes out. Knows nothing of what is right.
//
//   { page, desk, steps: [{ files | drop | byKeys, downloads }…], width, height, scheme, script, before, axe, picture, print }
"use strict";
const fs = require("fs");
const path = require("path");
const { pathToFileURL } = require("url");
const { chromium } = require("playwright-core");

/** What a result on the page says, read from what is shown. */
const seen = () => {
  const text = (root, query) => root.querySelector(query)?.textContent.trim() ?? null;
  const pairs = (list) => {
    const found = {};
    for (const name of list?.querySelectorAll("dt") ?? []) found[name.textContent] = name.nextElementSibling.textContent;
    return found;
  };
  const finding = (item) => ({
    severity: [...item.classList].find((name) => name !== "finding"),
    asks: item.closest("details") === null,
    where: text(item, ".where"),
    code: text(item, ".code"),
    cause: text(item, ".cause"),
    cure: text(item, ".cure"),
    effect: text(item, ".effect"),
    facts: pairs(item.querySelector("dl")),
  });
  return {
    status: document.getElementById("dang-lam").textContent,
    stop: document.querySelector(".stop:not([hidden])")?.textContent ?? null,
    ready: document.documentElement.dataset.ready === "true",
    wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
    focus: document.activeElement?.className ?? "",
    files: [...document.querySelectorAll("article.file")].map((article) => ({
      kind: [...article.classList].find((name) => name !== "file"),
      verdict: text(article, ".verdict"),
      path: text(article, ".path"),
      failed: text(article, ":scope > .cause"),
      units: [...article.querySelectorAll(".units li")].map((unit) => unit.textContent),
      next: text(article, ".next"),
      findings: [...article.querySelectorAll(".finding")].map(finding),
      receipt: pairs(article.querySelector(".receipt dl")),
    })),
  };
};

/** Drops files on the page as a file manager does. */
const drop = async (page, files) => {
  const given = files.map((file) => ({ name: path.basename(file), data: fs.readFileSync(file).toString("base64") }));
  await page.evaluate((given) => {
    const transfer = new DataTransfer();
    for (const { name, data } of given) {
      transfer.items.add(new File([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))], name));
    }
    document.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, given);
};

/** What the secretariat's page shows. */
const seenOnDesk = () => {
  const words = (root, query) => [...root.querySelectorAll(query)].map((element) => element.textContent.trim());
  return {
    status: document.getElementById("dang-lam").textContent,
    notes: words(document, "#da-nhan p"),
    plan: document.getElementById("ke-hoach").textContent,
    next: words(document, "#tinh-hinh .next")[0] ?? null,
    chips: words(document, ".chip"),
    units: [...document.querySelectorAll("details.unit")].map((unit) => ({
      code: unit.dataset.code, stage: words(unit, ".stage")[0], name: words(unit, ".name")[0], facts: words(unit, ".facts")[0],
    })),
    indicators: [...document.querySelectorAll("#tinh-hinh tbody tr")].map((row) => words(row, "td, th")),
    decided: words(document, ".decided li"),
    results: words(document, ".results button"),
    wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
  };
};

/** One step on the secretariat's page. */
const onDesk = async (page, step) => {
  const count = () => page.evaluate(() => Number(document.documentElement.dataset.done ?? 0));
  /** Does something that the page takes up, and waits until it is done. */
  const whole = async (act) => {
    const before = await count();
    await act();
    await page.waitForFunction((before) => Number(document.documentElement.dataset.done ?? 0) > before, before, { timeout: 600000 });
  };
  const button = (name) => page.getByRole("button", { name, exact: true });
  const saved = async (name, place) => {
    const [download] = await Promise.all([page.waitForEvent("download"), button(name).click()]);
    await download.saveAs(place);
  };
  if (step.plan) await whole(() => page.selectOption("#tinh", step.plan));
  if (step.year) await whole(() => page.selectOption("#nam", String(step.year)));
  if (step.day) await whole(async () => { await page.fill("#ngay", step.day); await page.locator("#ngay").dispatchEvent("change"); });
  if (step.folder || step.files) {
    await whole(async () => {
      if (step.folder) await page.setInputFiles("#thu-muc", step.folder); else await page.setInputFiles("#tep", step.files);
      if (step.stop) await page.click("#dung");
    });
  }
  if (step.decide) {
    const { code, ...typed } = step.decide;
    const unit = page.locator(`details.unit[data-code="${code}"]`);
    await unit.locator("> summary").click();
    const form = unit.locator("form").first();
    for (const [name, value] of Object.entries(typed)) {
      const field = form.locator(`[name=${name}]`);
      if (value === true) await field.check(); else await field.fill(value);
    }
    await whole(() => form.getByRole("button").click());
  }
  if (step.withdraw) await whole(() => page.locator(".decided button").first().click());
  if (step.decisions) await saved("Tải tệp quyết định", step.decisions);
  if (step.signed) await page.getByLabel(/^Ngày ký/).fill(step.signed);
  if (step.zip) {
    await whole(() => button("Tổng hợp").click());
    await saved("Tải tất cả (.zip)", step.zip);
  }
  return page.evaluate(seenOnDesk);
};

const settled = (page, most) =>
  page.waitForFunction(() => /^Đã (kiểm tra|dừng|chọn)|^Không/.test(document.getElementById("dang-lam").textContent), null, { timeout: most });

(async () => {
  const asked = JSON.parse(fs.readFileSync(0, "utf8"));
  const browser = await chromium.launch({ executablePath: asked.chromium, args: ["--no-sandbox"] });
  const context = await browser.newContext({
    offline: true,
    acceptDownloads: true,
    viewport: { width: asked.width ?? 1100, height: asked.height ?? 800 },
    colorScheme: asked.scheme ?? "light",
    javaScriptEnabled: asked.script ?? true,
  });
  const page = await context.newPage();
  const answer = { console: [], requests: [], steps: [], axe: [], downloads: [] };
  page.on("console", (message) => answer.console.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => answer.console.push(`pageerror: ${error.message}`));
  page.on("request", (request) => answer.requests.push(request.url().slice(0, 200)));
  if (asked.before) await page.addInitScript(asked.before);
  const begun = Date.now();
  await page.goto(pathToFileURL(asked.page).href);
  if (asked.waits ?? true) await page.waitForSelector("html[data-ready]", { timeout: 60000 });
  answer.milliseconds = Date.now() - begun;
  for (const step of asked.steps ?? []) {
    const start = Date.now();
    if (asked.desk) {
      answer.steps.push({ ...(await onDesk(page, step)), milliseconds: Date.now() - start });
      continue;
    }
    if (step.files) await page.setInputFiles("#tep", step.files);
    if (step.drop) await drop(page, step.drop);
    if (step.byKeys) {
      // To the place where a file is chosen and into it, without a mouse. The chooser is waited for before the first key:
      // asked for between two keys, a busy machine opens the system's own.
      const chooser = page.waitForEvent("filechooser", { timeout: 60000 });
      chooser.catch(() => {}); // told below
      const isThere = () => page.evaluate(() => document.activeElement.id === "tep");
      for (let tries = 0; tries < 10 && !(await isThere()); tries += 1) await page.keyboard.press("Tab");
      if (!(await isThere())) throw new Error("Tab does not lead to where a file is chosen");
      await page.keyboard.press("Enter");
      await (await chooser).setFiles(step.byKeys);
    }
    if (step.files || step.drop || step.byKeys) await settled(page, step.most ?? 120000);
    const took = Date.now() - start;
    if (step.downloads) {
      for (const button of await page.locator(".copies button").all()) {
        const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
        const place = path.join(step.downloads, download.suggestedFilename());
        await download.saveAs(place);
        answer.downloads.push(place);
      }
    }
    answer.steps.push({ ...(await page.evaluate(seen)), milliseconds: took });
  }
  if (asked.axe) {
    await page.evaluate(fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const found = await page.evaluate((tags) => axe.run(document, { runOnly: tags }), tags);
    answer.axe = found.violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.target.join(" ")).slice(0, 3).join("; ")}`);
    answer.rules = found.passes.length;
  }
  if (!asked.steps) answer.steps.push(await page.evaluate(seen).catch(() => null));
  if (asked.picture) await page.screenshot({ path: asked.picture, fullPage: true });
  if (asked.print) await page.pdf({ path: asked.print, format: "A4" });
  await browser.close();
  process.stdout.write(JSON.stringify(answer));
})().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
