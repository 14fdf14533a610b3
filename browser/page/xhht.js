(() => {
  if (!xhhtAble) return;
  const { at, made, dayOf, findings, finding } = xhht;
  const own = JSON.parse(at("du-lieu").textContent);
  const LONGEST = own.longest + 1;
  const working = at("dang-lam");
  const stop = at("dung");
  const progress = at("thanh-doc");
  const [folderInput, fileInput, provinces, years, day] = ["thu-muc", "tep", "tinh", "nam", "ngay"].map(at);
  const VERDICTS = { met: "good", "not-met": "bad", depends: "ask" };

  // What the page works by: the plan, the year, and all that was chosen, so that another year or plan reads it anew.
  const now = { plan: own.plan.length > 0 ? { plan: own.plan } : { id: own.id }, year: own.year, files: new Map(), decisions: new Map(), workbooks: new Map(), written: new Map(), past: new Map(), root: "", hand: null, readers: [], told: null };
  const given = () => JSON.stringify({ year: now.year, ...now.plan });

  const busy = (is) => {
    for (const input of [folderInput, fileInput, provinces, years, day]) input.disabled = is;
    stop.hidden = !is;
    progress.hidden = !is;
    for (const button of document.querySelectorAll("main button:not(#dung)")) button.disabled = is;
  };

  /** Counts what was done: whoever drives the page waits for it. */
  const done = () => { document.documentElement.dataset.done = String(Number(document.documentElement.dataset.done ?? 0) + 1); };

  // ---- What was chosen ----

  const nameOf = (path) => path.slice(path.lastIndexOf("/") + 1);
  const folderOf = (path) => path.slice(0, path.lastIndexOf("/") + 1);

  /** Sorts what was chosen: the plan, decisions, results, and what was sent. */
  const sorted = async (chosen) => {
    const found = { plan: [], decisions: [], workbooks: [], results: [], sent: [], records: [], root: "" };
    const lying = await (await plain()).ask("lying", [chosen.map(({ path }) => nameOf(path))]);
    const all = chosen.map((one, at) => ({ ...one, lying: lying[at] })).filter((one) => one.lying !== "aside");
    found.records = all.filter((one) => one.lying === "record").map(({ path }) => folderOf(path));
    const files = all.filter(({ path }) => !found.records.some((record) => path.startsWith(record)));
    const main = files.filter(({ path }) => nameOf(path) === "plan.toml").sort((a, b) => a.path.length - b.path.length)[0];
    const planFolder = main ? folderOf(main.path) : null;
    const inbox = files.map(({ path }) => /^(.*?(^|\/)hop-thu\/)/.exec(path)?.[1]).find(Boolean);
    const roots = new Set(files.map(({ path }) => (path.includes("/") ? path.slice(0, path.indexOf("/") + 1) : "")));
    found.root = inbox ?? (roots.size === 1 ? [...roots][0] : "");
    for (const one of files) {
      const isInside = inbox === undefined || one.path.startsWith(inbox);
      const within = isInside ? one.path.slice(found.root.length) : null;
      if (one.lying === "decisions") found.decisions.push(one);
      else if (one.lying === "season-workbook") found.workbooks.push(one);
      else if (one.lying === "result") found.results.push({ ...one, within, isKept: inbox === undefined || !isInside });
      else if (folderOf(one.path) === planFolder && /\.(toml|txt)$/.test(one.path)) found.plan.push(one);
      else if (isInside) found.sent.push({ ...one, path: within });
    }
    return found;
  };

  const note = (text) => at("da-nhan").append(made("p", { text }));

  const takePlan = async (files) => {
    const texts = await Promise.all(files.map(async ({ file, path }) => ({ name: nameOf(path), text: (await file.text()).replace(/^\uFEFF/, "") })));
    texts.sort((a, b) => (b.name === "plan.toml") - (a.name === "plan.toml"));
    const asked = { plan: texts };
    const about = await (await plain()).ask("plan_of", [JSON.stringify({ year: now.year, ...asked }), dayOf(new Date())]);
    if (about.broke) throw new Error("Không đọc được kế hoạch.");
    now.plan = asked;
    provinces.value = "";
  };

  const add = async (chosen) => {
    if (stop.hidden === false || chosen.length === 0) return;
    at("da-nhan").replaceChildren();
    try {
      const found = await sorted(chosen);
      if (found.plan.length > 0) {
        await takePlan(found.plan);
        note("Dùng kế hoạch trong thư mục vừa chọn.");
        await showPlan();
      }
      for (const { file, path } of found.decisions) now.decisions.set(nameOf(path), await file.text());
      for (const one of found.results) await takeResult(one);
      if (found.records.length > 0) note(`Bỏ qua ${found.records.length} hồ sơ đã chốt (ho-so.toml): trang này không đọc hồ sơ; chương trình xhht đọc.`);
      for (const one of found.sent) now.files.set(one.path, one.file);
      now.root = found.root;
      for (const { file, path } of found.workbooks) now.workbooks.set(nameOf(path), file);
      await readAll();
    } catch (error) {
      working.textContent = error.message;
      busy(false);
    }
    done();
  };

  /** A result in the inbox names what was written with it, and is a submission where the plan takes results; any other one
      tells of an earlier year. */
  const takeResult = async ({ file, path, within, isKept }) => {
    if (within !== null && now.takesResults) { now.files.set(within, file); return; }
    if (within !== null) now.written.set(within, file);
    if (isKept) now.past.set(path.replace(/^.*?(^|\/)ket-qua\//, ""), await file.text());
  };

  // ---- Workers ----

  let plainHand = null;
  const plain = () => (plainHand ??= xhht.Hand.made(given()));

  const readers = () => {
    const many = Math.max(1, Math.min(4, (navigator.hardwareConcurrency || 2) - 1));
    return Array.from({ length: many }, () => new xhht.Readers(given(), "open_file", "broken_file"));
  };

  /** Takes in what is typed in the season's workbook; from then on the file of decisions holds it. */
  const takeWorkbook = async (name, file) => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const taken = await now.hand.ask("take_workbook", [name, bytes, file.lastModified], { seconds: xhht.SECONDS });
    if (taken === null) return; // that of another year
    if (taken.broke) throw new Error(`Không đọc được sổ theo dõi “${name}”. Hãy dùng chương trình xhht với sổ này.`);
    now.decisions.set(taken.kept, taken.text);
    now.workbooks.delete(name);
    const told = [[taken.added, "quyết định mới hoặc đã sửa"], [taken.withdrawn, "quyết định đã rút"], [taken.lacking, "dòng chưa dùng được, xem ở “Quyết định đã ghi”"]]
      .filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
    note(`Đã đọc sổ theo dõi ${name}${told.length > 0 ? `: ${told.join("; ")}` : ""}.`);
  };

  /** Reads every file, several at once, and puts what is in them on the desk in the order of their names. */
  const readAll = async () => {
    busy(true);
    let isStopped = false;
    stop.onclick = () => { isStopped = true; };
    (await now.hand)?.end();
    now.readers.forEach(async (reader) => (await reader.hand).end());
    now.readers = readers();
    now.hand = await xhht.Hand.made(given());
    await now.hand.ask("begin", []);
    for (const [name, text] of now.decisions) {
      // Those of other years stay where they are.
      if (await now.hand.ask("take_decisions", [name, text])) note(`Dùng quyết định trong ${name}.`);
    }
    for (const [path, file] of now.written) await now.hand.ask("set_apart", [path, new Uint8Array(await file.arrayBuffer())]);
    for (const [name, file] of now.workbooks) await takeWorkbook(name, file);
    for (const [path, text] of now.past) {
      try {
        const year = await now.hand.ask("take_past", [path, text]);
        if (year) note(`Dùng kết quả năm ${year} để so sánh (${path}).`);
      } catch (error) {
        note(error.message);
      }
    }
    const waiting = [...now.files].sort(([a], [b]) => (a < b ? -1 : 1));
    progress.max = waiting.length;
    let count = 0;
    const one = async (reader) => {
      while (waiting.length > 0 && !isStopped) {
        const [path, file] = waiting.shift();
        try {
          const opened = await reader.read(file, path, LONGEST);
          if (opened.broke) note(`${path}: không đọc được.`); else await put(path, opened);
        } catch (error) {
          note(`${path}: ${error.message}`);
        }
        count += 1;
        progress.value = count;
        working.textContent = `Đã đọc ${count}/${progress.max} tệp`;
      }
    };
    // The desk takes one thing after another.
    let last = Promise.resolve();
    const put = (path, opened) => (last = last.then(() => now.hand.ask("take", [path, opened], { move: [opened.buffer] })));
    await Promise.all(now.readers.map(one));
    if (isStopped) working.textContent = `Đã dừng; đã đọc ${count}/${progress.max} tệp. Tình hình dưới đây chỉ tính các tệp ấy.`;
    else working.textContent = `Đã đọc ${count} tệp.`;
    await showSeason();
    busy(false);
  };

  // ---- The season ----

  const decisionForm = (asked) => {
    const field = (name, label, more = {}) => made("label", {}, label, " ", made("input", { name, ...more }));
    const told = made("p", { class: "done", role: "status" });
    const form = made("form", { class: "decision" },
      made("p", { class: "fields" },
        !asked.not_acceptable && made("label", {}, made("input", { type: "checkbox", name: "accept" }), " Chấp nhận số này"),
        asked.subject.cells !== undefined && field("new", "Giá trị mới"),
        field("reason", "Lý do", { required: true }),
        field("approver", "Người duyệt", { required: true, autocomplete: "name", value: now.approver ?? "" }),
        field("until", "Đến ngày", { placeholder: "31/03/…" }),
        made("button", { class: "plain", text: "Ghi quyết định" })),
      asked.not_acceptable && made("p", { class: "note", text: `Không chấp nhận nguyên được: ${asked.not_acceptable}.` }),
      told);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const data = new FormData(form);
      const word = (name) => String(data.get(name) ?? "").trim();
      now.approver = word("approver");
      const typed = { accept: data.get("accept") ? "Có" : "", new: word("new"), reason: word("reason"), approver: word("approver"), until: word("until") };
      await decided([{ subject: asked.subject, typed }]);
    });
    return form;
  };

  const decided = async (list) => {
    try {
      const [name, text] = await now.hand.ask("decide", [JSON.stringify(list), dayOf(new Date())]);
      now.decisions.set(name, text);
      await showSeason("quyet-dinh");
    } catch (error) {
      working.textContent = error.message;
    }
    done();
  };

  const unitDetails = (unit) => {
    const said = made("span", { role: "status", class: "done" });
    return [
      unit.open.length > 0 && made("ol", { class: "findings" }, ...unit.open.map((asked) => finding(asked, decisionForm(asked)))),
      unit.message && made("details", {}, made("summary", { text: "Lời nhắn cho đơn vị" }),
        made("pre", { class: "message", text: unit.message }),
        made("p", {}, made("button", { type: "button", class: "plain", text: "Sao chép lời nhắn", click: () => xhht.copied(unit.message, said) }), " ", said)),
      unit.to_know.length > 0 && made("details", {}, made("summary", { text: `Để biết (${unit.to_know.length})` }), findings(unit.to_know)),
    ];
  };

  const unitOf = (unit) => {
    const facts = [
      unit.file,
      unit.came && `gửi ${unit.came}`,
      unit.versions > 1 && `${unit.versions} bản`,
      unit.awaited.length > 0 && `chỉ tiêu đang chờ: ${unit.awaited.join(", ")}`,
      unit.open.length > 0 && `${unit.open.length} việc`,
    ].filter(Boolean).join(" · ");
    const whole = made("details", { class: `unit stage-${unit.stage}`, "data-code": unit.code },
      made("summary", {}, made("span", { class: "stage", text: unit.called }), " ", made("span", { class: "name", text: unit.name }), " ", made("span", { class: "facts", text: facts })));
    // Of a whole country there are thousands: what is inside is made when it is opened.
    whole.addEventListener("toggle", () => {
      if (whole.open && whole.childElementCount === 1) whole.append(...unitDetails(unit).filter(Boolean));
    });
    return whole;
  };

  const indicatorsOf = (list) => made("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Bảng chỉ tiêu" }, made("table", {},
    made("thead", {}, made("tr", {}, ...["Số", "Chỉ tiêu", "Kết quả", "Mục tiêu", "Đánh giá", "Còn chờ"].map((text) => made("th", { scope: "col", text })))),
    made("tbody", {}, ...list.map((one) => made("tr", {},
      made("td", { text: one.id }),
      made("th", { scope: "row", text: one.title }),
      made("td", { class: "number", text: one.range ? `${one.percent} (khoảng ${one.range})` : one.percent }),
      made("td", { class: "number", text: one.target }),
      made("td", { class: VERDICTS[one.verdict] ?? "", text: one.called }),
      made("td", { text: one.waiting > 0 ? `${one.waiting} đơn vị` : "" }))))));

  /** What a decision is about: a finding, or the row of the workbook that does not say. */
  const aboutOf = ({ subject, row }) => [
    subject && subject.code,
    subject?.unit && `đơn vị ${subject.unit}`,
    subject?.cells?.length && `ô ${subject.cells.map((cell) => cell.cell).join(", ")}`,
    row && `sổ theo dõi, trang “${row[0]}”, dòng ${row[1]}`,
  ].filter(Boolean).join(", ");

  const calledOf = ({ lacks, typed }) => {
    if (lacks) return "Chưa dùng được";
    if (lacks === "") return "Không chấp nhận";
    return typed.new ? `Giá trị mới ${typed.new}` : "Chấp nhận";
  };

  const decisionsOf = (list, kept) => list.length > 0 && made("section", { id: "quyet-dinh", tabindex: "-1" },
    made("h3", { text: `Quyết định đã ghi (${list.length})` }),
    made("ul", { class: "decided" }, ...list.map((one) => made("li", {},
      made("strong", { text: calledOf(one) }), " ",
      `${aboutOf(one)}. `,
      one.lacks ? `Vì ${one.lacks}. ` : "",
      `Lý do: ${one.typed.reason || "–"}. Người duyệt: ${one.typed.approver || "–"}. `,
      one.subject && made("button", { type: "button", class: "plain", text: "Rút", click: async () => {
        await now.hand.ask("withdraw", [JSON.stringify(one.subject)]);
        await decided([]);
      } })))),
    made("p", {}, made("button", { type: "button", class: "button second", text: "Tải tệp quyết định", click: () => xhht.save(kept, [now.decisions.get(kept) ?? ""], "text/plain") }), " ", made("span", { class: "note", text: "Để tệp này cạnh hộp thư: lần sau trang này và chương trình xhht đều dùng." })));

  const showSeason = async (focus) => {
    const told = await now.hand.ask("season", [day.value]);
    if (told.broke) { working.textContent = "Không tính được: trình duyệt không đủ bộ nhớ cho ngần này tệp. Hãy dùng chương trình xhht."; return; }
    now.told = told;
    let shown = null;
    const list = made("div", { class: "units" });
    const draw = () => list.replaceChildren(...told.units.filter((unit) => shown === null || unit.stage === shown).map(unitOf));
    const chips = told.stages.map(([name, count], stage) => {
      const chip = made("button", { type: "button", class: `chip stage-${stage}`, "aria-pressed": "false", text: `${name}: ${count}` });
      chip.addEventListener("click", () => {
        shown = shown === stage ? null : stage;
        for (const other of chips) other.setAttribute("aria-pressed", String(other === chip && shown !== null));
        draw();
      });
      return chip;
    });
    draw();
    const section = at("tinh-hinh");
    section.replaceChildren(...[
      made("h2", { id: "tinh-hinh-ten", text: `Tình hình đến ${told.day}` }),
      made("p", { class: "next", text: `${told.received}/${told.units.length} đơn vị đã có báo cáo dùng được; hạn trước ${told.due} (${told.left}).` }),
      made("h3", { text: "Chỉ tiêu" }),
      indicatorsOf(told.indicators),
      made("h3", { text: "Đơn vị, xếp theo thứ tự nên đôn đốc" }),
      made("p", { class: "chips" }, ...chips),
      list,
      told.of_nobody.length > 0 && made("details", {}, made("summary", { text: `Tệp và nhận xét không thuộc đơn vị nào (${told.of_nobody.length})` }), findings(told.of_nobody)),
      decisionsOf(told.decided, told.kept),
    ].filter(Boolean));
    section.hidden = false;
    showResults();
    (focus ? at(focus) ?? section : section).focus();
  };

  // ---- The results ----

  const TYPES = { xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", pdf: "application/pdf", docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", json: "application/json" };
  const SAID = [
    [/^tong-hop-xhht/, "Sổ tổng hợp"], [/^bao-cao-xhht.*docx$/, "Báo cáo gửi Bộ, bản Word để sửa lời văn"], [/^bao-cao-xhht/, "Báo cáo gửi Bộ"], [/^tom-tat-xhht/, "Bản tóm tắt cho lãnh đạo"], [/^to-trinh-xhht/, "Tờ trình, bản Word"], [/^phu-luc-noi-bo/, "Phụ lục nội bộ, không gửi kèm báo cáo"],
    [/^ket-qua-xhht/, "Kết quả để năm sau dùng"], [/^phan-hoi\/de-biet/, "Danh sách để biết"], [/^phan-hoi\//, "Bản trả lại cho đơn vị"],
  ];

  /** How the workbook, in `ket-qua/NĂM` of the working folder, reaches the files of its inbox. */
  const links = () => {
    const inbox = /(^|\/)hop-thu\/$/.test(now.root) ? "hop-thu/" : null;
    return inbox === null ? {} : Object.fromEntries([...now.files.keys()].map((path) => [path, `../../${inbox}${path}`]));
  };

  const showResults = () => {
    const section = at("ket-qua");
    const sheets = made("input", { type: "checkbox" });
    const signed = made("input", { type: "date" });
    const list = made("ul", { class: "results" });
    const buttons = made("p", { class: "fields" });
    const start = made("button", { type: "button", class: "button", text: "Tổng hợp", click: async () => {
      busy(true);
      const files = [];
      list.replaceChildren();
      buttons.replaceChildren();
      try {
        const answer = await now.hand.ask("consolidate", [day.value, sheets.checked, signed.value, JSON.stringify(links())], { partly: ({ all, path, bytes }) => {
          files.push({ path, bytes });
          progress.max = all;
          progress.value = files.length;
          working.textContent = `Đang ghi ${path}`;
        } });
        if (answer?.broke) throw new Error("Trình duyệt không đủ bộ nhớ để ghi kết quả. Hãy dùng chương trình xhht.");
        working.textContent = `Đã ghi ${files.length} tệp; tải về dưới đây.`;
        drawResults(list, buttons, files);
      } catch (error) {
        working.textContent = error.message;
      }
      busy(false);
      done();
    } });
    section.replaceChildren(
      made("h2", { id: "ket-qua-ten", text: "Kết quả" }),
      made("p", { class: "fields" }, made("label", {}, "Ngày ký in ở đầu báo cáo (để trống thì điền khi ký) ", signed)),
      made("p", { class: "fields" }, start, made("label", {}, sheets, " kèm phiếu từng đơn vị trong bản tóm tắt")),
      buttons, list);
    section.hidden = false;
  };

  const drawResults = (list, buttons, files) => {
    list.append(...files.map(({ path, bytes }) => made("li", {},
      made("button", { type: "button", class: "plain", text: path, click: () => xhht.save(nameOf(path), [bytes], TYPES[path.slice(path.lastIndexOf(".") + 1)]) }),
      ` ${SAID.find(([like]) => like.test(path))?.[1] ?? ""}`)));
    buttons.append(made("button", { type: "button", class: "button second", text: "Tải tất cả (.zip)", click: async () => {
      const zip = await (await plain()).ask("bundled", [files]);
      xhht.save(`ket-qua-${now.year}.zip`, [zip], "application/zip");
    } }));
    if (window.showDirectoryPicker) {
      buttons.append(made("button", { type: "button", class: "button second", text: "Ghi vào thư mục…", click: () => intoFolder(files) }));
    }
  };

  const intoFolder = async (files) => {
    try {
      const folder = await window.showDirectoryPicker({ mode: "readwrite" });
      for (const { path, bytes } of files) {
        const parts = path.split("/");
        let place = folder;
        for (const part of parts.slice(0, -1)) place = await place.getDirectoryHandle(part, { create: true });
        const file = await (await place.getFileHandle(parts.at(-1), { create: true })).createWritable();
        await file.write(bytes);
        await file.close();
      }
      working.textContent = `Đã ghi ${files.length} tệp vào thư mục “${folder.name}”.`;
    } catch (error) {
      if (error.name !== "AbortError") working.textContent = `Không ghi được vào thư mục ấy (${error.message}). Hãy đóng các tệp đang mở trong Excel, hoặc tải .zip.`;
    }
  };

  // ---- Plan, year, day ----

  const showPlan = async () => {
    const about = await (await plain()).ask("plan_of", [given(), dayOf(new Date())]);
    if (now.year < about.first || now.year > about.last || !now.chosen) now.year = about.now;
    now.takesResults = about.takes_results;
    at("ke-hoach").textContent = `${about.scheme.charAt(0).toUpperCase()}${about.scheme.slice(1)} · ${about.province}`;
    at("ke-hoach-ma").textContent = `kế hoạch ${about.id} ${about.version}`;
    const all = Array.from({ length: about.last - about.first + 1 }, (_, at) => about.first + at);
    years.replaceChildren(...all.map((year) => made("option", { text: String(year), value: String(year), selected: year === now.year })));
    at("nam-ten").textContent = String(now.year);
  };

  const again = async () => {
    try {
      await showPlan();
      if (now.files.size > 0) await readAll(); else { at("tinh-hinh").hidden = true; at("ket-qua").hidden = true; }
    } catch (error) {
      working.textContent = error.message;
      busy(false);
    }
    done();
  };

  provinces.addEventListener("change", () => { now.plan = provinces.value === "" ? { plan: own.plan } : { id: provinces.value }; again(); });
  years.addEventListener("change", () => { now.year = Number(years.value); now.chosen = true; again(); });
  day.addEventListener("change", async () => {
    if (now.told && day.value) { busy(true); await showSeason(); busy(false); }
    done();
  });
  folderInput.addEventListener("change", async () => {
    await add([...folderInput.files].map((file) => ({ file, path: file.webkitRelativePath || file.name })));
    folderInput.value = "";
  });
  fileInput.addEventListener("change", async () => {
    await add([...fileInput.files].map((file) => ({ file, path: file.name })));
    fileInput.value = "";
  });
  xhht.takesDrops(at("chon"), async (transfer) => add(await xhht.dropped(transfer)),
    () => { working.textContent = "Không đọc được những gì vừa thả. Hãy dùng nút “Chọn thư mục…” hoặc “Chọn tệp…”."; });

  (async () => {
    try {
      const known = await (await plain()).ask("plans", []);
      provinces.replaceChildren(...[
        own.plan.length > 0 && made("option", { value: "", text: "Kế hoạch kèm trang này" }),
        ...known.map(([id, name]) => made("option", { value: id, text: name, selected: own.plan.length === 0 && id === own.id })),
      ].filter(Boolean));
      day.value = dayOf(new Date());
      await showPlan();
      busy(false);
      working.textContent = "";
      document.documentElement.dataset.ready = "true";
    } catch (error) {
      xhht.stopped(`Không chuẩn bị được (${error.message}). Hãy mở lại trang, hoặc mở bằng trình duyệt khác.`);
    }
  })();
})();
