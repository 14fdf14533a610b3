// Runs in any browser: says so where what follows cannot run.
var xhhtAble = typeof WebAssembly === "object" && typeof DecompressionStream === "function" && typeof Worker === "function";
if (!xhhtAble) {
  var xhhtStop = document.getElementById("khong-duoc");
  xhhtStop.textContent = "Trình duyệt này quá cũ nên không kiểm tra được. Hãy mở trang bằng Microsoft Edge, Google Chrome, Cốc Cốc hoặc Firefox bản mới (từ năm 2023); hoặc cứ gửi báo cáo, nơi nhận sẽ kiểm tra.";
  xhhtStop.hidden = false;
  document.getElementById("dang-lam").textContent = "";
}
