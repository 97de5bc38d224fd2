"""Opens a log-in-as link as a browser would, with cookies of its own."""

import http.cookiejar
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from html.parser import HTMLParser


@dataclass
class Answer:
    """What the browser ends up with."""

    status: int
    url: str
    text: str


class Form(HTMLParser):
    """The fields and the address of the first form of a page."""

    def __init__(self):
        super().__init__()
        self.action = None
        self.fields = {}

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "form" and self.action is None:
            self.action = values.get("action") or ""
        if tag == "input" and values.get("name"):
            self.fields[values["name"]] = values.get("value") or ""


def enter(link):
    """Fetches the page of the link and posts its form with the ticket, which is
    in the link's fragment and so never in the page's address."""
    page, _, ticket = link.partition("#")
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    form = Form()
    form.feed(_open(browser, urllib.request.Request(page)).text)
    if form.action is None:
        raise AssertionError(f"{page} has no form")
    form.fields["ticket"] = ticket
    parts = urllib.parse.urlsplit(page)
    post = urllib.request.Request(
        urllib.parse.urljoin(page, form.action),
        data=urllib.parse.urlencode(form.fields).encode(),
        headers={"Origin": f"{parts.scheme}://{parts.netloc}", "Sec-Fetch-Site": "same-origin"},
    )
    return _open(browser, post)


def _open(browser, request):
    try:
        with browser.open(request, timeout=30) as answer:
            return Answer(answer.status, answer.url, answer.read().decode())
    except urllib.error.HTTPError as error:
        return Answer(error.code, error.url, error.read().decode())
