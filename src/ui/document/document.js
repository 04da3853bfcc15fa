document.documentElement.dataset.script = "";
document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copied]");
  if (!button) return;
  const value = button.parentElement.querySelector("output");
  getSelection().selectAllChildren(value);
  try {
    await navigator.clipboard.writeText(value.textContent);
  } catch {
    if (!document.execCommand("copy")) return;
  }
  button.querySelector("span").textContent = button.dataset.copied;
});
document.addEventListener("keydown", ({ key }) => {
  if (key === "Escape") document.querySelector("dialog [data-leave]")?.click();
});
