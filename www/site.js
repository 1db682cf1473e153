// How is a snippet copied? One button beside each.
for (const button of document.querySelectorAll('button[data-copy]')) {
  const status = document.querySelector('#copied');
  button.addEventListener('click', async () => {
    const code = button.parentElement.querySelector('code').textContent;
    try {
      await navigator.clipboard.writeText(code);
      status.textContent = 'Le code est copié.';
    } catch {
      getSelection().selectAllChildren(button.parentElement.querySelector('code'));
      status.textContent = 'Le code est sélectionné : copiez-le.';
    }
    button.textContent = status.textContent;
  });
}
