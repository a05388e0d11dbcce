// What the edge's own pages say; what the policy says comes from the policy.

/** @typedef {"en" | "zh"} Locale */

/** A locale that there is, out of whatever says which one is wanted. @param {unknown} wanted @returns {Locale} */
export const localeOf = (wanted) => (typeof wanted === "string" && /^zh\b/i.test(wanted.trim()) ? "zh" : "en");

export const TEXTS = {
  en: {
    thanksTitle: "Thank you",
    thanks: "We have received your answers.",
    back: "Back to the start page",
    formTitle: "Please look at your answers again",
    formLead: "Nothing has been sent yet. What you typed is kept below.",
    send: "Send",
    needed: "needed",
    decline: "Prefer not to say",
    yes: "Yes",
    no: "No",
    busyTitle: "One moment, please",
    busy: (/** @type {number} */ seconds) => `Too much was sent from your connection in a short time. Please try again in ${seconds} seconds.`,
    sorryTitle: "This did not work",
    /** @type {Record<string, string>} */
    sorry: {
      unavailable: "Your answers could not be kept just now. Please go back and send them again; nothing is sent twice.",
      "cross-site": "The form was sent from another site, and nothing was kept. Please fill it in on our own page.",
      "too-large": "This is more than the form takes, and nothing was kept. Please go back and shorten what you wrote.",
      "wrong-content-type": "The form was sent in a way that we cannot read, and nothing was kept. Please load the page again.",
    },
    /** @type {Record<string, string>} */
    problems: {
      "wrong-type": "This answer does not fit the question.",
      "out-of-bounds": "This number is too large or too small.",
      "not-an-integer": "Please give a whole number.",
      "wrong-format": "This does not look right. An e-mail address is like name@company.com.",
      "unknown-value": "Please choose one of the answers.",
      "unknown-choice": "Please choose one of the answers.",
      "too-long": "This text is too long.",
      "unknown-field": "The form has no such question.",
      required: "Please answer this one; we need it to get back to you.",
      contact: "Please leave a way to reach you. One is enough.",
      "used-id": "These answers have been changed since they were sent. Please load the page again.",
      other: "This answer cannot be used.",
    },
  },
  zh: {
    thanksTitle: "谢谢",
    thanks: "我们已收到您填写的内容。",
    back: "返回首页",
    formTitle: "请再核对一下填写的内容",
    formLead: "内容尚未提交，您填写的内容都保留在下方。",
    send: "提交",
    needed: "必填",
    decline: "不便透露",
    yes: "是",
    no: "否",
    busyTitle: "请稍候",
    busy: (/** @type {number} */ seconds) => `短时间内提交次数过多，请在 ${seconds} 秒后再试。`,
    sorryTitle: "提交未成功",
    /** @type {Record<string, string>} */
    sorry: {
      unavailable: "暂时无法保存您填写的内容，请返回后重新提交；不会重复登记。",
      "cross-site": "表单来自其他网站，内容没有保存。请在我们的页面上填写。",
      "too-large": "内容超出表单允许的长度，没有保存。请返回后缩短文字再提交。",
      "wrong-content-type": "无法识别提交的格式，内容没有保存。请重新载入页面。",
    },
    /** @type {Record<string, string>} */
    problems: {
      "wrong-type": "填写的内容与问题不符。",
      "out-of-bounds": "数字过大或过小。",
      "not-an-integer": "请填写整数。",
      "wrong-format": "格式不正确，邮箱应类似 name@company.com。",
      "unknown-value": "请从选项中选择。",
      "unknown-choice": "请从选项中选择。",
      "too-long": "内容过长。",
      "unknown-field": "表单中没有这个问题。",
      required: "请填写这一项，否则我们无法回复您。",
      contact: "请留下一种联系方式，留一个即可。",
      "used-id": "提交之后内容有改动，请重新载入页面。",
      other: "填写的内容无法使用。",
    },
  },
};
