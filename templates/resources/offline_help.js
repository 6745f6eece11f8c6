{% autoescape off %}// Keeps help numbers on a device whose owner asked for it.  {{ digest }}
const KEPT = "help-now";
const OFFLINE = "{{ offline }}";
const ADDRESSES = [{% for address in pages %}
  "{{ address }}",{% endfor %}{% for address in styles %}
  "{{ address }}",{% endfor %}
];

// As a visitor has them: nothing of whoever is signed in is kept.
function asVisitor(address) {
  return new Request(address, { cache: "reload", credentials: "omit" });
}

async function keep() {
  const kept = await caches.open(KEPT);
  await kept.addAll(ADDRESSES.map(asVisitor));
  for (const request of await kept.keys()) {
    if (!ADDRESSES.includes(new URL(request.url).pathname)) await kept.delete(request);
  }
}

async function whatIsKept(address) {
  const kept = await caches.open(KEPT);
  return (await kept.match(address)) || (await kept.match(OFFLINE)) || Response.error();
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keep());
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin || request.method !== "GET" || pathname === "/leave/") return;
  const isKept = ADDRESSES.includes(pathname);
  if (request.mode === "navigate" || isKept) {
    event.respondWith(fetch(request).catch(() => whatIsKept(pathname)));
  }
});
{% endautoescape %}
