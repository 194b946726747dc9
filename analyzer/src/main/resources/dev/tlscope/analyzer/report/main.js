/* Draws the page. */
headline();
notices();
tiles();
plots();
refresh();
let wide = innerWidth;
addEventListener('resize', () => {
  height = rowHeight();
  layout();
  if (wide !== innerWidth) redraws.forEach(paint => paint());
  wide = innerWidth;
});
$('main').setAttribute('aria-busy', 'false');
document.documentElement.dataset.ready = 'yes';
