// Where the page has no way out of its own, as in JupyterLab: the same button, over the whole window.
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
    fetch(`${settings.baseUrl}api/kernels/${encodeURIComponent(kernel.id)}`, { method: "DELETE", keepalive: true, headers });
  };
  const stop = hearing(model, { show: ({ leave_to: leaveTo }) => installLeave({ leaveTo, endKernel }) });
  model.send({ do: "ready" });
  return () => { stop(); uninstallLeave(); };
}

export default { render };
