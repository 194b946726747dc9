/* Draws the page. */
headline();
notices();
problems();
tiles();
plots();
refresh();
expiring();
hosts();
unknown();
let wide = innerWidth;
addEventListener('resize', () => {
  height = rowHeight();
  layout();
  if (wide !== innerWidth) redraws.forEach(paint => paint());
  wide = innerWidth;
});
$('main').setAttribute('aria-busy', 'false');
document.documentElement.dataset.ready = 'yes';
