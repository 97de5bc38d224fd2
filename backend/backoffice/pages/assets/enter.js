// Posts the ticket of a log-in-as link. The ticket is in the address's
// fragment, which never reaches a server by itself or stays in the history.
"use strict";
(() => {
  const form = document.getElementById("enter");
  const go = () => {
    const ticket = location.hash.slice(1);
    if (!ticket || ticket === "main") return;
    history.replaceState(null, "", location.pathname);
    form.elements.namedItem("ticket").value = ticket;
    form.requestSubmit();
  };
  addEventListener("hashchange", go);
  go();
})();
