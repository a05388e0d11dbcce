// Where a visit came from: addresses and referrers as browsers give them, and as people write them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { visitOf } from "leadgate/visit";

/** What is known besides the landing page's path. @param {string} url @param {string} [referrer] */
function read(url, referrer) {
  const { landing_path: _, ...rest } = visitOf(url, referrer);
  return rest;
}

test("a link with everything on it", () => {
  assert.deepEqual(visitOf("https://acme.cn/crm?utm_source=baidu&utm_medium=cpc&utm_campaign=brand&utm_content=core&utm_term=crm&bd_vid=8123", "https://www.baidu.com/link?url=x"), {
    utm_source: "baidu", utm_medium: "cpc", utm_campaign: "brand", utm_content: "core", utm_term: "crm", click_id: "bd_vid", landing_path: "/crm", referrer_host: "www.baidu.com",
  });
});

test("nothing is known of a visit that says nothing", () => {
  assert.deepEqual(visitOf("https://acme.cn/", ""), { landing_path: "/" });
  assert.deepEqual(visitOf("https://acme.cn/?utm_source=&utm_medium=%20&bd_vid=", null), { landing_path: "/" });
  assert.deepEqual(visitOf("https://acme.cn?utm_source&utm_medium"), { landing_path: "/" });
});

test("Chinese behind per cent signs is read, with plus signs for spaces", () => {
  assert.deepEqual(read("https://acme.cn/?utm_source=%E7%9F%A5%E4%B9%8E&utm_campaign=%E5%93%81%E7%89%8C+%E8%AF%8D&utm_term=crm%2B%E8%BD%AF%E4%BB%B6"), { utm_source: "知乎", utm_campaign: "品牌 词", utm_term: "crm+软件" });
  assert.deepEqual(read("https://acme.cn/?utm_source=知乎"), { utm_source: "知乎" });
  assert.equal(visitOf("https://acme.cn/%E4%BB%B7%E6%A0%BC/a+b").landing_path, "/价格/a+b");
});

test("of a repeated parameter the first that is not empty counts", () => {
  assert.deepEqual(read("https://acme.cn/?utm_source=&utm_source=baidu&utm_source=sogou"), { utm_source: "baidu" });
});

test("names may be in any case, values stay as they are", () => {
  assert.deepEqual(read("https://acme.cn/?UTM_Source=Baidu&Utm_Term=CRM&BD_VID=1"), { utm_source: "Baidu", utm_term: "CRM", click_id: "bd_vid" });
});

test("a broken encoding stays as it is written, and breaks nothing else", () => {
  assert.deepEqual(read("https://acme.cn/?utm_source=%E7%9F&utm_medium=100%&utm_campaign=ok&%E7=1"), { utm_source: "%E7%9F", utm_medium: "100%", utm_campaign: "ok" });
  assert.equal(visitOf("https://acme.cn/%B0%D9").landing_path, "/%B0%D9");
});

test("the GBK of old Baidu links is not guessed at", () => {
  assert.deepEqual(read("https://acme.cn/?utm_source=baidu&utm_term=%BF%CD%BB%A7%B9%DC%C0%ED", "http://www.baidu.com/s?wd=%BF%CD%BB%A7"), {
    utm_source: "baidu", utm_term: "%BF%CD%BB%A7%B9%DC%C0%ED", referrer_host: "www.baidu.com", referrer_term: "%BF%CD%BB%A7",
  });
});

test("Baidu Tongji's parameters are fields of their own", () => {
  assert.deepEqual(read("https://acme.cn/?hmsr=baidu&hmmd=cpc&hmpl=%E9%80%9A%E7%94%A8&hmcu=u&hmkw=k&hmci=c"), { hmsr: "baidu", hmmd: "cpc", hmpl: "通用", hmcu: "u", hmkw: "k" });
});

test("each kind of click id is known; one that anybody's link has comes last", () => {
  for (const name of ["gclid", "gbraid", "wbraid", "dclid", "msclkid", "ttclid", "twclid", "li_fat_id", "yclid", "bd_vid", "qhclickid", "qz_gdt", "gdt_vid", "clickid", "fbclid"]) {
    assert.deepEqual(read(`https://acme.cn/?${name}=x.y-Z`), { click_id: name });
  }
  assert.deepEqual(read("https://acme.cn/?fbclid=1&gclid=2"), { click_id: "gclid" });
});

test("pages that route by their fragment", () => {
  assert.deepEqual(read("https://acme.cn/?utm_source=wechat#/form?utm_source=other&utm_medium=article"), { utm_source: "wechat", utm_medium: "article" });
  assert.deepEqual(read("https://acme.cn/#utm_source=wechat"), {});
});

test("the site itself is no referrer", () => {
  assert.deepEqual(read("https://www.acme.cn/a", "https://acme.cn/b"), {});
  assert.deepEqual(read("https://acme.cn/a", "https://WWW.ACME.CN:8443/b"), {});
  assert.deepEqual(read("https://acme.cn/a", "https://acme.cn.evil.example/b"), { referrer_host: "acme.cn.evil.example" });
});

test("what was searched for, where the search engine says so", () => {
  const cases = [
    ["https://www.so.com/s?q=%E5%AE%A2%E6%88%B7", "客户"], ["https://m.baidu.com/s?word=crm", "crm"], ["https://www.sogou.com/web?query=crm", "crm"], ["https://www.google.com.hk/search?q=crm", "crm"],
    ["https://so.toutiao.com/search?keyword=crm", "crm"], ["https://www.zhihu.com/search?q=crm", undefined], ["https://notbaidu.com/s?wd=crm", undefined],
  ];
  for (const [referrer, term] of cases) assert.equal(visitOf("https://acme.cn/", referrer).referrer_term, term, referrer);
  assert.equal(visitOf("https://acme.cn/", "android-app://com.tencent.mm/").referrer_host, "com.tencent.mm");
});

test("texts are cut off, and never in the middle of a character", () => {
  const { utm_term = "" } = visitOf(`https://acme.cn/?utm_term=${"𠮷".repeat(600)}`);
  assert.equal(utm_term, "𠮷".repeat(500));
});

test("nothing throws", () => {
  const hostile = { toString() { throw new Error("no text"); } };
  for (const odd of ["", "no address", "/relative?utm_source=a", "javascript:alert(1)", "http://", "http://[", undefined, null, 5, {}, hostile, Symbol("s"), Object.create(null)]) {
    assert.doesNotThrow(() => visitOf(/** @type {any} */ (odd), /** @type {any} */ (odd)));
  }
  assert.deepEqual(visitOf("no address", "https://www.zhihu.com/q"), { referrer_host: "www.zhihu.com" });
  assert.deepEqual(read("https://acme.cn/?__proto__=1&constructor=2&utm_source=a"), { utm_source: "a" });
});
