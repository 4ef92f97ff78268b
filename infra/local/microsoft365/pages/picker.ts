/** The Connect picker: choosing another person asks for the page anew. */
for (const select of document.querySelectorAll<HTMLSelectElement>('select[data-submits]'))
  select.addEventListener('change', () => select.form?.requestSubmit());
