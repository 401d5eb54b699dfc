// « Copier » beside the address; where a browser can't, the address is selected to be copied.
'use strict';
(() => {
  const button = document.getElementById('copy');
  const address = document.getElementById('address');
  button.hidden = false;
  button.addEventListener('click', () => {
    const done = () => { document.getElementById('status').textContent = 'Adresse copiée.'; };
    const select = () => { getSelection().selectAllChildren(address); };
    if (navigator.clipboard) navigator.clipboard.writeText(address.textContent).then(done, select); else select();
  });
})();
