// A tablet that is not paired yet: the code that the technician sees opens the screens to it.

const form = document.getElementById('pair');
const code = document.getElementById('code');
const told = document.getElementById('told');

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const digits = code.value.replace(/[^0-9]/g, '');
  code.value = '';
  try {
    const answer = await fetch('/pair', {method: 'POST', body: digits});
    if (answer.ok) {
      location.reload();
      return;
    }
    told.textContent = '配对码不对或已失效 · Wrong or no longer valid';
  } catch {
    told.textContent = '未连接 · Not connected';
  }
  code.focus();
});
