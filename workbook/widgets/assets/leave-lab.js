// Where the page has no way out of its own, as in JupyterLab: the same button, over the whole window.

// JupyterLab names the browser's tab after the notebook in front; here it stays as on a page that is served.
function keepTitle() {
  const keep = () => { if (document.title !== "Workbook") document.title = "Workbook"; };
  const watch = new MutationObserver(keep);
  watch.observe(document.head, { childList: true, characterData: true, subtree: true });
  keep();
  return () => watch.disconnect();
}

function render({ model, el }) {
  el.style.display = "none";
  if (document.body.dataset.voila) return;
  const manager = model.widget_manager;
  const kernel = manager?.kernel ?? manager?.context?.sessionContext?.session?.kernel;
  const endKernel = () => {
    const settings = kernel?.serverSettings;
    if (!settings) return;
    const token = document.cookie.match(/(?:^|; )_xsrf=([^;]*)/)?.[1] ?? "";
    const headers = { "X-XSRFToken": decodeURIComponent(token) };
    if (settings.token) headers.Authorization = `token ${settings.token}`;
    fetch(`${settings.baseUrl}api/kernels/${encodeURIComponent(kernel.id)}`, { method: "DELETE", keepalive: true, headers }).catch(() => {});
  };
  const stop = hearing(model, { show: ({ leave_to: leaveTo }) => installLeave({ leaveTo, endKernel }) });
  const letTitleGo = keepTitle();
  model.send({ do: "ready" });
  return () => { stop(); letTitleGo(); uninstallLeave(); };
}

export default { render };
