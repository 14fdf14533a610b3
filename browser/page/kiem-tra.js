(() => {
  if (!xhhtAble) return;
  const { at, made, dayOf, whenOf, findings, pairs } = xhht;
  const given = at("du-lieu").textContent;
  const words = JSON.parse(given);
  const working = at("dang-lam");
  const results = at("ket-qua");
  const input = at("tep");
  const stop = at("dung");
  const EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  const receipt = (path, told, verdict) => {
    const lines = [
      ["Đơn vị", told.units.map((unit) => `${unit.name} (${unit.code})`).join("; ")],
      ["Tệp", path],
      ["Năm báo cáo", String(told.year)],
      ["Kết quả", verdict],
      ["Kiểm tra lúc", whenOf(new Date())],
      ["Mã SHA-256 của tệp", told.sha256],
    ];
    const done = made("span", { role: "status", class: "done" });
    const text = lines.map(([name, value]) => `${name}: ${value}`).join("\n");
    return made("section", { class: "receipt" },
      made("h4", { text: "Biên nhận kiểm tra" }),
      pairs(lines),
      made("p", { class: "note", text: "Nơi nhận có đúng tệp này nếu mã SHA-256 trong sổ tổng hợp giống mã trên; sửa và lưu lại tệp thì mã đổi." }),
      made("p", {}, made("button", { type: "button", class: "plain", text: "Sao chép biên nhận", click: () => xhht.copied(text, done) }), " ", done));
  };

  const verdictOf = (told) => {
    const asks = told.findings.filter((finding) => finding.asks).length;
    if (told.ready) return ["ready", "Bài nộp sẵn sàng"];
    if (!told.units.some((unit) => unit.usable)) return ["unusable", "Chưa dùng được tệp này"];
    return ["to-do", asks > 0 ? `Còn ${asks} việc cần làm` : "Chưa sẵn sàng"];
  };

  const copiesOf = (told, copies) => copies.length > 0 && made("div", { class: "copies" },
    made("p", { text: copies.some((copy) => copy.form === "own-values")
      ? "Bản để sửa là biểu mẫu có sẵn số liệu trong tệp; ô cần xem được tô màu, có ghi chú, danh sách nhận xét ở trang đầu. Sửa trên bản này hay trên tệp cũ đều được."
      : `Tệp này không dùng được cho năm ${told.year}. Có thể điền tiếp vào biểu mẫu năm ${told.year} của đơn vị; trang đầu của biểu mẫu nói rõ vì sao và số nào đã được chép sang.` }),
    made("p", {}, ...copies.map((copy) => {
      const name = copy.form === "own-values" ? "Tải bản để sửa" : `Tải biểu mẫu năm ${told.year} của đơn vị`;
      return made("button", { type: "button", class: "button", text: copies.length > 1 ? `${name}: ${copy.name}` : name, click: () => xhht.save(copy.name, [copy.bytes], EXCEL) });
    })));

  const failed = (path, why) => made("article", { class: "file unusable", tabindex: "-1" },
    made("h3", {}, made("span", { class: "verdict", text: "Chưa dùng được tệp này" }), made("span", { class: "path", text: path })),
    made("p", { class: "cause", text: why }));

  const shown = (path, { told, copies }) => {
    const [kind, verdict] = verdictOf(told);
    const asking = told.findings.filter((finding) => finding.asks);
    const informing = told.findings.filter((finding) => !finding.asks);
    const units = told.units.map((unit) => made("li", { text: unit.usable ? `${unit.name} (mã ${unit.code}): ${unit.filled} ô đã điền` : `${unit.name} (mã ${unit.code})` }));
    const next = told.ready
      ? `Gửi tệp này về ${words.secretariat} trước ngày ${words.due}. Không cần sửa gì thêm.`
      : asking.length > 0
        ? "Làm theo các mục dưới đây, lưu tệp lại, rồi kiểm tra lại trên trang này trước khi gửi."
        : "Chọn lại đúng biểu mẫu của đơn vị rồi kiểm tra.";
    return made("article", { class: `file ${kind}`, tabindex: "-1" },
      made("h3", {}, made("span", { class: "verdict", text: verdict }), made("span", { class: "path", text: path })),
      units.length > 0 && made("ul", { class: "units" }, ...units),
      made("p", { class: "next", text: next }),
      copiesOf(told, copies),
      asking.length > 0 && made("section", {}, made("h4", { text: `Cần làm (${asking.length})` }), findings(asking)),
      informing.length > 0 && made("details", { open: asking.length === 0 && informing.length < 6 },
        made("summary", { text: `Để biết, không phải sửa nếu số đã hiểu là đúng (${informing.length})` }), findings(informing)),
      told.units.some((unit) => unit.usable) && receipt(path, told, verdict));
  };

  const readers = new xhht.Readers(given, "check", "broken");
  let isStopped = false;
  let isBusy = false;
  stop.addEventListener("click", () => { isStopped = true; });

  const all = async (files) => {
    if (isBusy || files.length === 0) return;
    if (files.length > words.most) {
      working.textContent = `Đã chọn hơn ${words.most} tệp; trang này dành cho một đơn vị, mỗi lần không quá ${words.most} tệp. Hãy chọn lại riêng tệp báo cáo của đơn vị. Kiểm tra cả hộp thư là việc của chương trình xhht.`;
      return;
    }
    isBusy = true;
    isStopped = false;
    results.replaceChildren();
    stop.hidden = files.length < 2;
    let done = 0;
    for (const { file, path } of files) {
      if (isStopped) break;
      working.textContent = files.length > 1 ? `Đang kiểm tra ${done + 1}/${files.length}: ${path}` : `Đang kiểm tra ${path}…`;
      let article;
      try {
        article = shown(path, await readers.read(file, path, words.longest + 1, [dayOf(new Date())]));
      } catch (error) {
        article = failed(path, error.message);
      }
      results.append(article);
      if (done === 0) article.focus();
      done += 1;
    }
    stop.hidden = true;
    working.textContent = isStopped ? `Đã dừng; đã kiểm tra ${done}/${files.length} tệp.` : `Đã kiểm tra ${done} tệp.`;
    isBusy = false;
  };

  input.addEventListener("change", async () => {
    await all([...input.files].map((file) => ({ file, path: file.name })));
    // The same file may be chosen again once it was mended.
    input.value = "";
  });
  xhht.takesDrops(at("chon"), async (transfer) => all(await xhht.dropped(transfer, words.most)),
    () => { working.textContent = "Không đọc được những gì vừa thả. Hãy dùng nút “Chọn tệp…”."; });

  readers.hand.then(
    () => { input.disabled = false; working.textContent = ""; document.documentElement.dataset.ready = "true"; },
    (error) => xhht.stopped(`Không chuẩn bị được phần kiểm tra (${error.message}). Hãy mở lại trang, hoặc mở bằng trình duyệt khác.`));
})();
