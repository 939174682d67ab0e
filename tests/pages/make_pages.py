#!/usr/bin/env python3
"""Write the saved pages of tests/pages: the stories of stories.py in the manners of publishing systems.

usage: make_pages.py [FOLDER]     (default: beside this file)

Each page <manner>-<n>.html has its true text beside it in <manner>-<n>.txt: first the headline, then
the paragraphs of the article, a line each. Always the same bytes. The manners are written from how
such systems name and order their parts, with what stands around articles in them; no page is copied.
"""
import datetime
import html
import os
import sys

from stories import STORIES

E = html.escape
TEASERS = [("Flood waters rise in the delta", "Thousands have left their homes since the weekend, officials say."),
           ("Central bank holds rates", "Inflation fell for the third month in a row, the bank said on Friday."),
           ("Striker signs for rivals", "The transfer had been expected for weeks. Fans are divided."),
           ("Opinion: the price of silence", "What the minister did not say matters more than what he said."),
           ("Five books for the rainy season", "Our critics choose novels and memoirs for long evenings.")]
COOKIE = ("We and our partners use cookies to store and read information on your device. You can change "
          "your choice at any time in the settings. By clicking Accept you agree to this.")
NEWSLETTER = "Sign up for our morning briefing. The most important stories of the day, every weekday at six."
COMMENT = [("reader77", "Finally some good news from there. Let us hope that it lasts longer than the last time."),
           ("M. Osei", "The writer forgets who began all this. Nobody asks the people who live in the place.")]
ABOUT = "is a correspondent who has reported from the region for twelve years. Before that she worked in radio."
CORRECTION = "Correction: An earlier version of this article gave a wrong number of districts."
QUOTE_WORDS = 9


def words_date(day, style="mdy"):
    d = datetime.date.fromisoformat(day)
    return f"{d:%B} {d.day}, {d.year}" if style == "mdy" else f"{d.day} {d:%B} {d.year}"


class Story:
    def __init__(self, row):
        self.title, self.lede, self.author, self.date, self.place, text = row
        self.lines = text.split("\n")

    def slug(self):
        return "-".join(self.title.lower().replace(",", "").split()[:6])

    def url(self, host, dated=False):
        return f"https://{host}/" + (self.date.replace("-", "/") + "/" if dated else "news/") + self.slug()

    def true(self, lede=False, correction=False, dateline=""):
        lines = [line[2:] if line[:2] in ("> ", "* ") else line[3:] if line[:3] == "## " else line
                 for line in self.lines]
        lines[0] = dateline + lines[0]
        return ([self.lede] if lede and self.lede else []) + lines + ([CORRECTION] if correction else [])

    def body(self, p="p", between=(), dateline="", h="h2"):
        """Paragraphs as HTML; `between` are pieces put behind every second paragraph in turn."""
        out, between, items = [], list(between), []
        for i, line in enumerate(self.lines):
            if items and not line.startswith("* "):
                out.append("<ul>" + "".join(items) + "</ul>")
                items = []
            if line.startswith("## "):
                out.append(f"<{h}>{E(line[3:])}</{h}>")
            elif line.startswith("> "):
                out.append(f"<blockquote><p>{E(line[2:])}</p></blockquote>")
            elif line.startswith("* "):
                items.append(f"<li>{E(line[2:])}</li>")
            else:
                text = E((dateline if i == 0 else "") + line)
                if i == 3:  # a link within a sentence
                    text = text.replace(" said", ' <a href="/tag/said">said</a>', 1)
                out.append(f"<{p}>{text}</{p}>")
            if i % 2 and between and not items:
                out.append(between.pop(0))
        if items:
            out.append("<ul>" + "".join(items) + "</ul>")
        return "\n".join(out + between)


def menu(n=6, tag="nav"):
    names = ["Home", "World", "Africa", "Politics", "Business", "Sport", "Culture", "Opinion"][:n]
    return f"<{tag}><ul>" + "".join(f'<li><a href="/{x.lower()}">{x}</a></li>' for x in names) + f"</ul></{tag}>"


def links(word="related", heading="Related stories", prose=False, tag="h3"):
    cards = "".join(f'<li class="card"><{tag}><a href="/x">{t}</a></{tag}>' + (f"<p>{b}</p>" if prose else "") + "</li>"
                    for t, b in TEASERS)
    return f'<div class="{word}"><h2>{heading}</h2><ul>{cards}</ul></div>'


def head(s, site, url, ld=False, og=True, title_sep=" | ", extra=""):
    out = f'<meta charset="utf-8"><title>{E(s.title)}{title_sep}{site}</title>'
    if og:
        out += (f'<meta property="og:title" content="{E(s.title)}"><meta property="og:site_name" content="{site}">'
                f'<meta property="og:url" content="{url}"><link rel="canonical" href="{url}">')
    if ld:
        out += ('<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"%s"},'
                '{"@type":"NewsArticle","headline":"%s","datePublished":"%sT08:15:00+00:00",'
                '"author":[{"@type":"Person","name":"%s"}],"publisher":{"@type":"Organization","name":"%s"}}]}</script>'
                % (site, s.title, s.date, s.author, site))
    return f"<head>{out}{extra}<style>p{{margin:0}}</style><script>var a=[1,2,3];if(a<4)track('p');</script></head>"


def page(heading, body, attributes=""):
    return f"<!DOCTYPE html>\n<html lang=\"en\">{heading}<body {attributes}>{body}</body></html>\n"


def figure(cls="wp-caption", caption="figcaption"):
    return (f'<figure class="{cls}"><img src="a.jpg" alt="A street"><{caption} class="{cls}-text">People walk past a '
            f'burnt-out car in the capital last month. Photograph: A. Nother/Wire Pictures</{caption}></figure>')


def comments(cls="comments-area"):
    return (f'<div id="comments" class="{cls}"><h2>2 thoughts on this story</h2><ol>' + "".join(
        f'<li class="comment"><cite>{a}</cite> says:<div class="comment-content"><p>{c}</p></div><a href="#">Reply</a></li>'
        for a, c in COMMENT) + '</ol><form><label>Your comment</label><textarea></textarea></form></div>')


def wordpress(s, k):
    url = s.url("valleypost.example", True)
    share = '<div class="sharedaddy sd-sharing"><h3 class="sd-title">Share this:</h3><ul><li><a>Twitter</a></li><li><a>Facebook</a></li></ul></div>'
    body = (f'<div id="page"><header class="site-header"><a href="/">The Valley Post</a><p>News that stays news</p>{menu()}</header>'
            f'<div class="content-sidebar-wrap"><main id="main"><article class="post-{k} post type-post hentry category-africa tag-news">'
            f'<header class="entry-header"><h1 class="entry-title">{E(s.title)}</h1><div class="entry-meta">Posted on <time class="entry-date" datetime="{s.date}T07:00:00">{words_date(s.date)}</time> by <a rel="author">{s.author}</a></div></header>'
            f'<div class="entry-content">{figure()}{s.body(between=["<p><strong>Read also:</strong> <a href=/x>Flood waters rise in the delta</a></p>"])}{share}'
            f'<div id="jp-relatedposts" class="jp-relatedposts"><h3>Related</h3><p><a>Central bank holds rates</a></p></div></div>'
            f'<footer class="entry-footer">Posted in <a>Africa</a>, tagged <a>News</a></footer></article>{comments()}</main>'
            f'<aside id="secondary" class="widget-area"><section class="widget"><h2>Recent Posts</h2><ul>'
            + "".join(f"<li><a>{t}</a></li>" for t, _ in TEASERS) + "</ul></section></aside></div>"
            f'<footer class="site-footer"><p>Proudly powered by a good system. All rights reserved.</p></footer></div>')
    return page(head(s, "The Valley Post", url, title_sep=" - "), body, 'class="single has-sidebar"'), s.true()


def drupal(s, k):
    body = (f'<div class="region region-header">{menu(5, "div")}</div><div class="breadcrumb"><a>Home</a> » <a>News</a></div>'
            f'<main role="main"><div class="layout-content"><h1 class="page-header">{E(s.title)}</h1>'
            f'<article class="node node--type-article node--view-mode-full"><footer class="node__meta"><div class="node__submitted">Submitted by <span>editor</span> on <span class="date">{words_date(s.date, "dmy")} - 10:12</span></div></footer>'
            f'<div class="node__content"><div class="field field--name-field-image"><img src="x.jpg"><div class="field--name-field-caption">A market in the old town. Credit: the office</div></div>'
            f'<div class="clearfix text-formatted field field--name-body field__item">{s.body()}</div>'
            f'<div class="field field--name-field-tags"><div class="field__label">Tags</div><div class="field__item"><a>Peace</a></div><div class="field__item"><a>Security</a></div></div></div></article>'
            f'<div class="views-element-container block"><h2>More news</h2>' + "".join(f'<div class="views-row"><h3><a>{t}</a></h3><p>{b}</p></div>' for t, b in TEASERS[:4]) +
            f'</div></div></main><footer class="site-footer"><p>Secretariat of the Mission, PO Box 1200. Tel. 555 0101.</p></footer>')
    return page(head(s, "Regional Mission", s.url("mission.example"), og=k % 2 == 0), body), s.true()


def blogger(s, k):
    paragraphs = "<br /><br />\n".join(E(x) for x in s.true())
    body = (f'<div id="header"><h1 class="title"><a href="/">Notes from the Border</a></h1><p class="description">A weblog about a region that few write about.</p></div>'
            f'<div id="main"><div class="date-posts"><h2 class="date-header"><span>{words_date(s.date)}</span></h2><div class="post hentry"><h3 class="post-title entry-title">{E(s.title)}</h3>'
            f'<div class="post-body entry-content" itemprop="description articleBody"><div style="text-align:center"><img></div>{paragraphs}<div style="clear: both;"></div></div>'
            f'<div class="post-footer"><span class="post-author vcard">Posted by <span class="fn">{s.author}</span></span> at 9:00 AM <span class="post-labels">Labels: <a>war</a>, <a>peace</a></span></div></div></div>'
            f'<div class="comments" id="comments"><h4>1 comment:</h4><p class="comment-body">{COMMENT[0][1]}</p></div></div>'
            f'<div class="sidebar"><div class="widget BlogArchive"><h2>Blog Archive</h2><ul><li><a>2024 (12)</a></li><li><a>2023 (40)</a></li></ul></div><div class="widget Profile"><h2>About Me</h2><p>I have lived near the border since I was a child, and I write down what I see.</p></div></div>')
    return page(head(s, "Notes from the Border", s.url("border.example"), og=False, title_sep=" - "), body), s.true()


def medium(s, k):
    quote = f'<blockquote class="pullquote">{E(" ".join(s.lines[1].split()[:QUOTE_WORDS]))}</blockquote>'
    body = (f'<div><div class="ae af"><a>Open in app</a><a>Sign in</a></div><article><div><section><h1 class="pw-post-title">{E(s.title)}</h1>'
            + (f'<h2 class="pw-subtitle-paragraph subtitle">{E(s.lede)}</h2>' if s.lede else "") +
            f'<div class="speechify-ignore"><a rel="author">{s.author}</a><div>Follow</div><span>4 min read</span><span>{words_date(s.date)}</span></div>'
            f'<div class="post-actions"><button>Listen</button><button>Share</button></div>{s.body(between=[quote])}</section></div></article>'
            f'<div class="tags"><a>War</a><a>Diplomacy</a></div><div class="author-bio"><h2>Written by {s.author}</h2><p>{s.author} {ABOUT}</p></div>'
            f'<div class="recommendations"><h2>Recommended from others</h2>' + "".join(f"<article><h2><a>{t}</a></h2><p>{b}</p></article>" for t, b in TEASERS) + "</div></div>")
    return page(head(s, "Longreads", s.url("long.example"), ld=True), body), s.true(lede=True)


def ghost(s, k):
    body = (f'<div class="viewport"><header id="gh-head" class="gh-head">{menu(4)}</header><main id="site-main" class="site-main"><article class="article post featured">'
            f'<header class="article-header gh-canvas"><div class="article-tag"><a>Dispatches</a></div><h1 class="article-title">{E(s.title)}</h1>'
            + (f'<p class="article-excerpt">{E(s.lede)}</p>' if s.lede else "") +
            f'<div class="article-byline"><a>{s.author}</a><time datetime="{s.date}">{words_date(s.date)}</time><span class="sep">•</span> 3 min read</div>{figure("article-image")}</header>'
            f'<section class="gh-content gh-canvas">{s.body()}<div class="kg-card kg-cta-card"><p>{NEWSLETTER}</p><a>Subscribe</a></div></section></article></main>'
            f'<aside class="read-more-wrap"><div class="read-more"><h3>You might also like</h3>' + "".join(f'<article class="post-card"><h2><a>{t}</a></h2><div class="post-card-excerpt">{b}</div></article>' for t, b in TEASERS[:3]) +
            f'</div></aside><footer class="site-footer"><p>Published with care. © {s.date[:4]}</p></footer></div>')
    return page(head(s, "The Dispatch", s.url("dispatch.example"), ld=True), body), s.true(lede=True)


def arc(s, k):
    ad = '<div class="c-ad ad-slot" data-component="ad"><span>ADVERTISEMENT</span></div>'
    more = '<div class="b-interstitial-link"><p>Read more: <a>Central bank holds rates</a></p></div>'
    correction = f'<div class="c-correction correction"><p>{CORRECTION}</p></div>' if k % 2 else ""
    body = (f'<div id="fusion-app"><header class="b-header-nav-chain"><nav>{menu(8, "div")}</nav></header><div class="b-right-rail"><main class="b-right-rail__main"><h1 class="b-headline">{E(s.title)}</h1>'
            + (f'<h2 class="b-subheadline">{E(s.lede)}</h2>' if s.lede else "") +
            f'<div class="b-byline">By <a>{s.author}</a></div><time class="c-date b-date" datetime="{s.date}T11:00:00Z">{words_date(s.date)} at 11:00 a.m. UTC</time><div class="b-share-bar"><a>Share</a></div>'
            f'<article class="b-article-body article-body-wrapper">{s.body(between=[ad, more, ad])}{correction}</article></main>'
            f'<aside class="right-rail"><div class="b-top-table-list"><h2>Most read</h2>' + "".join(f"<div><a>{t}</a></div>" for t, _ in TEASERS) + "</div></aside></div>"
            f'<footer class="b-footer"><p>The Herald Company. Terms of use. Privacy policy.</p></footer></div>')
    return page(head(s, "The Herald", s.url("herald.example", True), ld=True), body), s.true(lede=True, correction=bool(k % 2))


def agency(s, k):
    line = f"{s.place}, {datetime.date.fromisoformat(s.date):%B} {int(s.date[8:])} (AFP) - "
    signed = f'<p class="text__signoff">Reporting by {s.author}; editing by John Doe</p><p>Our Standards: The principles of trust</p>'
    body = (f'<div class="header-container"><div class="nav-bar">{menu(7)}</div></div><main><div class="article__container"><div class="article-header"><span>World</span><h1 data-testid="Heading">{E(s.title)}</h1>'
            f'<div class="article-header__author">By {s.author}</div><time datetime="{s.date}T04:00:00Z"><span>{words_date(s.date)}</span><span>4:00 AM UTC</span><span>Updated 2 hours ago</span></time></div>'
            f'<div class="article-body__content"><div data-testid="primary-image">{figure("image-holder")}</div>{s.body(p="div", dateline=line).replace("<div>", "<div class=text__text data-testid=paragraph>")}{signed}</div>'
            f'<div class="sign-up-newsletter"><p>{NEWSLETTER}</p></div></div>{links("read-next", "Read Next", prose=True)}</main>')
    return page(head(s, "Wire", s.url("wire.example"), ld=True), body), s.true(dateline=line)


def government(s, k):
    body = (f'<a class="skip-link" href="#c">Skip to main content</a><div class="gov-banner"><p>An official website of the government. Here is how you know.</p></div><header role="banner"><div class="logo">Ministry of Foreign Affairs</div>{menu(6)}</header>'
            f'<div class="container"><ol class="breadcrumb"><li><a>Home</a></li><li><a>Newsroom</a></li></ol><div id="c" class="row"><div class="col-md-9"><p class="doc-type">Press Release</p><h1>{E(s.title)}</h1><p class="release-date">Date: {words_date(s.date, "dmy")}</p>'
            f'<div class="press-release-body">{s.body()}<p>-END-</p><h3>Media contact</h3><p>Press office, Ministry of Foreign Affairs, telephone 555 0122, open on weekdays from eight to four.</p></div></div>'
            f'<div class="col-md-3 right-col"><h4>Quick links</h4><ul><li><a>Visas</a></li><li><a>Tenders</a></li><li><a>Embassies abroad</a></li></ul></div></div></div><footer role="contentinfo"><p>© Ministry of Foreign Affairs. All rights reserved.</p></footer>')
    return page(head(s, "Ministry of Foreign Affairs", s.url("mfa.example"), og=False, extra=f'<meta name="dcterms.issued" content="{s.date}">'), body), s.true()


def ngo(s, k):
    body = (f'<div id="onetrust-banner-sdk" class="cookie-banner" role="dialog"><p>{COOKIE}</p><button>Accept</button></div><header class="global-header"><a>Relief Watch</a>{menu(4)}<a class="donate">Donate now</a></header>'
            f'<main class="main-content"><div class="hero"><h1 class="hero__title">{E(s.title)}</h1>' + (f'<p class="hero__intro intro">{E(s.lede)}</p>' if s.lede else "") + f'<p class="hero__date">{words_date(s.date, "dmy")} | News</p></div>'
            f'<div class="wysiwyg rich-text">{s.body(between=[f"<div class=donation-box><h3>Your gift helps</h3><p>Thirty euros buy clean water for a family for a month. Please give what you can today.</p><a>Give</a></div>"])}</div>'
            f'<section class="related-content"><h2>Related content</h2><div class="grid">' + "".join(f'<div class="card"><h3><a>{t}</a></h3><p>{b}</p></div>' for t, b in TEASERS[:3]) + "</div></section></main>"
            f'<footer><form class="newsletter"><p>{NEWSLETTER}</p><input></form><p>Relief Watch is a registered charity.</p></footer>')
    return page(head(s, "Relief Watch", s.url("relief.example")), body), s.true(lede=True)


def tables(s, k):
    text = "<br><br>\n".join(E(x) for x in s.true()) if k % 2 else "\n".join(f"<p><font face=Arial size=2>{E(x)}</font>" for x in s.true())
    left = "<br>".join(f'<a href="x{i}.htm"><font size=1>{x}</font></a>' for i, x in enumerate(["Front page", "National", "Foreign", "Sports", "Letters", "Archive", "Weather"]))
    right = "".join(f"<tr><td><b><a href=#>{t}</a></b><br><font size=1>{b}</font></td></tr>" for t, b in TEASERS[:3])
    return (f'<HTML><HEAD><TITLE>The Daily Gazette: {E(s.title)}</TITLE></HEAD><BODY BGCOLOR=#FFFFFF><TABLE WIDTH=760><TR><TD COLSPAN=3><IMG SRC=logo.gif><FONT SIZE=1>{words_date(s.date, "dmy")}</FONT></TD></TR>'
            f'<TR><TD WIDTH=120 VALIGN=TOP>{left}</TD><TD WIDTH=480 VALIGN=TOP><H1>{E(s.title)}</H1><I>By {s.author}</I><BR><BR>{text}<HR><A HREF=#>Send this page to a friend</A> | <A HREF=#>Print</A></TD>'
            f'<TD WIDTH=160 VALIGN=TOP><TABLE BGCOLOR=#EEEEEE>{right}</TABLE></TD></TR></TABLE><CENTER><FONT SIZE=1>Copyright {s.date[:4]} The Daily Gazette Publishing Company. No part may be copied.</FONT></CENTER></BODY></HTML>\n'), s.true()


def amp(s, k):
    body = (f'<amp-sidebar id="s">{menu()}</amp-sidebar><header class="header"><a>Coast Times</a></header><article class="amp-wp-article"><header class="amp-wp-article-header"><h1 class="amp-wp-title">{E(s.title)}</h1><div class="amp-wp-meta amp-wp-byline"><span class="amp-wp-author author vcard">{s.author}</span></div><div class="amp-wp-meta amp-wp-posted-on"><time datetime="{s.date}">{words_date(s.date)}</time></div></header>'
            f'<div class="amp-wp-article-content">{s.body(between=["<amp-ad width=300></amp-ad>", "<p class=more-link><a>SEE ALSO: Flood waters rise in the delta</a></p>"])}</div>'
            f'<footer class="amp-wp-article-footer"><div class="amp-wp-tax-category">Categories: <a>World</a></div></footer></article><footer class="amp-wp-footer"><a>Back to top</a></footer>')
    return page(head(s, "Coast Times", s.url("coast.example"), ld=True), body).replace("<html", "<html amp"), s.true()


def live(s, k):
    posts = "".join(f'<article class="liveblog-entry"><time datetime="{s.date}T{18 - i:02}:20:00Z">{18 - i}:20 GMT</time><div class="liveblog-entry-body"><p>{E(x)}</p></div><div class="share-tools"><a>Share</a></div></article>' for i, x in enumerate(s.true()))
    body = (f'{menu()}<div class="wrapper"><div class="live-header"><span class="label">Live</span><h1>{E(s.title)}</h1><p class="updated">Last updated: {words_date(s.date)} 18:20 GMT</p></div><div class="live-feed-nav"><a>Newest first</a><a>Oldest first</a></div>'
            f'<div class="liveblog-entries">{posts}</div><div class="trending"><h2>Trending now</h2><ul>' + "".join(f"<li><a>{t}</a></li>" for t, _ in TEASERS) + "</ul></div></div>")
    return page(head(s, "Now", s.url("now.example"), ld=True), body), s.true()


def arabic_site(s, k):
    body = (f'<div class="top-bar" dir="rtl"><a>العربية</a><a>فارسی</a><a>Türkçe</a></div><div class="main-nav">{menu(5, "div")}</div><div class="container"><div class="news-detail"><h1 class="news-title">{E(s.title)}</h1><div class="news-info"><span class="date">{s.date[8:]}.{s.date[5:7]}.{s.date[:4]} 12:40</span><span class="views">1,532 views</span></div>'
            f'<div class="news-text">{s.body(dateline=s.place + " (ANHA) - ", p="p dir=ltr").replace("</p dir=ltr>", "</p>")}</div><div class="keywords">Keywords: <a>army</a> <a>talks</a></div></div><div class="side"><h3>الأكثر قراءة</h3><ul><li><a>الأخبار العاجلة اليوم من المنطقة</a></li><li><a>تقرير خاص عن الحدود</a></li></ul></div></div>')
    return page(head(s, "North News", s.url("north.example"), og=k % 2 == 0, title_sep=" - "), body), s.true(dateline=s.place + " (ANHA) - ")


def cyrillic_site(s, k):
    body = (f'<div class="header"><div class="langs"><a>Рус</a><a>Укр</a><a class="active">Eng</a></div>{menu(6, "div")}</div><div class="page"><div class="content-col"><div class="article"><div class="article__date">{words_date(s.date, "dmy")}, 14:05</div><h1 class="article__title">{E(s.title)}</h1>'
            f'<div class="article__photo"><img><div class="article__photo-author">Photo: press service of the ministry</div></div><div class="article__text">{s.body()}<p class="article__note">If you notice an error, select the text and press Ctrl+Enter</p></div><div class="article__tags"><a>front</a><a>energy</a></div></div></div>'
            f'<div class="news-col"><div class="latest-news"><div class="block-title">Последние новости</div>' + "".join(f'<div class="news-item"><span>1{i}:05</span><a>{t}</a></div>' for i, (t, _) in enumerate(TEASERS)) + "</div></div></div>")
    return page(head(s, "Novyny", s.url("novyny.example")), body), s.true()


def paywall(s, k):
    wall = '<div class="paywall-prompt"><h3>Keep reading with a subscription</h3><p>You have read two of three free articles this month. Subscribe for one euro a week and cancel when you like.</p><a>Subscribe</a></div>'
    body = (f'<div class="gdpr consent"><p>{COOKIE}</p></div><div class="masthead">{menu(7)}</div><div id="root"><div class="article-page"><div class="kicker">Analysis</div><h1>{E(s.title)}</h1>' + (f'<p class="standfirst">{E(s.lede)}</p>' if s.lede else "") +
            f'<div class="byline-block"><span class="byline">{s.author}</span> <span class="timestamp">{words_date(s.date, "dmy")}</span></div><div class="story-body"><div class="col">{s.body(between=[wall, "<aside class=factbox><h4>The conflict in numbers</h4><ul><li>Displaced: 1.2m</li><li>Towns lost: 14</li></ul></aside>"])}</div></div></div></div>'
            f'<div class="taboola"><h3>From the web</h3>' + "".join(f"<div><a>{t}</a></div>" for t, _ in TEASERS) + "</div>")
    return page(head(s, "The Examiner", s.url("examiner.example"), ld=True), body), s.true(lede=True)


def plain_divs(s, k):
    """Names that say nothing, as build tools make them."""
    body = ('<div class="css-1a2b">' + "".join(f'<span class="css-9z"><a>{x}</a></span>' for x in ["Home", "Video", "Maps", "Podcasts"]) + f'</div><div class="css-77x"><div class="css-3f"><h1 class="css-h1">{E(s.title)}</h1><div class="css-me"><span>{s.author}</span><span>{words_date(s.date)}</span></div>'
            f'<div class="css-body"><div class="css-s1">{s.body()}</div></div></div><div class="css-4g"><div class="css-t">More to see</div>' + "".join(f'<div class="css-c"><a class="css-l">{t}</a></div>' for t, _ in TEASERS) +
            f'</div></div><div class="css-ft"><span>Terms</span><span>Privacy</span><span>© {s.date[:4]}</span></div>')
    return page(head(s, "Signal", s.url("signal.example", True), title_sep=" — "), body), s.true()


def split_body(s, k):
    """The text parted into boxes with advertisements between, the picture's words below it."""
    lines = s.true()
    boxes = "".join(f'<div class="paragraph paragraph--type--text"><p>{E(a)}</p>' + (f"<p>{E(b)}</p>" if b else "") + '</div><div class="paragraph paragraph--type--ad"><p>Advertisement</p></div>'
                    for a, b in zip(lines[::2], lines[1::2] + [""]))
    body = (f'{menu()}<section class="article-section"><div class="title-block"><h1>{E(s.title)}</h1></div><div class="image-block"><img><p class="caption">Soldiers near the front line. | Photo: archive</p></div><div class="social-bar"><a>Share on Facebook</a></div>{boxes}'
            f'<div class="author-box"><h4>{s.author}</h4><p>{s.author} {ABOUT}</p></div></section><section class="more-stories"><h2>More stories</h2>' + "".join(f'<article><h3><a>{t}</a></h3><p>{b}</p></article>' for t, b in TEASERS) + "</section>")
    return page(head(s, "Frontier", s.url("frontier.example")), body), s.true()


def magazine(s, k):
    info = '<div class="infobox"><h4>At a glance</h4><table><tr><td>Population</td><td>11 million</td></tr><tr><td>Capital</td><td>On the river</td></tr></table></div>'
    tweet = '<blockquote class="twitter-tweet"><p>We will not sign under fire. The people will judge.</p>— Ministry (@min) <a>May 3</a></blockquote>'
    body = (f'<div class="site"><header>{menu()}</header><main><article itemscope itemtype="https://schema.org/Article"><h1 itemprop="headline">{E(s.title)}</h1>' + (f'<div class="dek" itemprop="description">{E(s.lede)}</div>' if s.lede else "") +
            f'<div class="meta"><span itemprop="author">{s.author}</span> · <time itemprop="datePublished" datetime="{s.date}">{words_date(s.date)}</time></div><div itemprop="articleBody">{s.body(between=[info, tweet])}</div>'
            f'<div class="newsletter-signup"><h3>Stay informed</h3><p>{NEWSLETTER}</p></div></article></main>{comments("discussion")}</div>')
    return page(head(s, "Quarterly", s.url("quarterly.example"), og=False), body), s.true(lede=True)


def aspnet(s, k):
    """All of the page inside one form, the text in spans."""
    spans = "".join(f'<p><span id="ctl00_lbl{i}">{E(x)}</span></p>' for i, x in enumerate(s.true()))
    body = (f'<form method="post" action="./News.aspx" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="/wEPDwUK"><div id="menuTop">{menu(5, "div")}</div><div id="ctl00_Content"><h2 id="ctl00_lblTitle" class="NewsTitle">{E(s.title)}</h2><span class="NewsDate">{words_date(s.date, "dmy")}</span><div id="ctl00_divText">{spans}</div></div>'
            f'<div id="rightCol"><b>Other news</b><br>' + "<br>".join(f"<a>{t}</a>" for t, _ in TEASERS) + "</div><div>Visitors today: 1204</div></form>")
    return page(head(s, "Office of the President", s.url("president.example"), og=False, title_sep=" :: "), body), s.true()


MANNERS = [wordpress, drupal, blogger, medium, ghost, arc, agency, government, ngo, tables, amp, live,
           arabic_site, cyrillic_site, paywall, plain_divs, split_body, magazine, aspnet]


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
    n = 0
    for m, manner in enumerate(MANNERS):
        for k in range(4):
            s = Story(STORIES[(m * 3 + k * 7) % len(STORIES)])
            text, true = manner(s, k)
            name = os.path.join(folder, f"{manner.__name__.replace('_', '-')}-{k + 1}")
            with open(name + ".html", "w", encoding="utf-8") as f:
                f.write(text)
            with open(name + ".txt", "w", encoding="utf-8") as f:
                f.write("\n".join([s.title] + true) + "\n")
            n += 1
    print(f"{n} pages in {len(MANNERS)} manners")


if __name__ == "__main__":
    main()
