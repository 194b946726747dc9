'use strict';
(async () => {
{{parts}}
})().catch(error => {
  const notice = document.getElementById('notice');
  notice.hidden = false;
  notice.textContent = 'This page could not be drawn: ' + error;
  throw error;
});
