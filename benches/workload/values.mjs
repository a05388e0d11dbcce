// What the fields of leads can be.

export const enums = {
  industry: ["manufacturing", "retail", "logistics", "finance", "healthcare", "energy", "education", "government", "software", "media", "construction", "agriculture"],
  region: ["广东", "上海", "北京", "江苏", "浙江", "山东", "福建", "四川", "湖北", "河南"],
  title_level: ["cxo", "vp", "director", "manager", "staff", "other"],
  need: ["replace", "new_build", "expand", "compare", "learn"],
  source: ["referral", "event", "sales_self", "sem", "seo", "ebook", "webinar", "wechat", "zhihu", "partner", "direct", "mail"],
};

export const utmSources = ["baidu", "bing", "google", "zhihu", "wechat", "douyin", "newsletter", "direct"];

/** Sixty job titles, Chinese and English. Some are there to be mistaken: "International" contains "Intern", "Students" has a capital. */
export const titles = [
  "首席执行官", "首席信息官", "首席技术官", "首席营销官", "总经理", "副总经理", "总裁", "董事长",
  "采购总监", "采购经理", "采购专员", "集团采购部部长", "信息中心主任", "信息化工作办公室主任", "信息部经理", "科技处处长",
  "IT部总经理", "市场总监", "市场部经理", "市场专员", "销售总监", "区域销售经理", "运营总监", "运营经理",
  "数字化转型负责人", "财务总监", "财务经理", "人力资源总监", "分区校长", "产品经理", "研发工程师", "实习生",
  "市场实习生", "总裁助理", "办公室主任", "Chief Executive Officer", "Chief Information Officer", "Chief Marketing Officer",
  "VP of Sales", "VP Engineering", "Vice President, Operations", "Director of Procurement", "Procurement Manager",
  "Senior Procurement Specialist", "IT Director", "Marketing Director", "Head of Growth", "Head of Digital", "Product Manager",
  "Marketing Manager", "Operations Manager", "Software Engineer", "Data Analyst", "Account Executive", "Marketing Intern",
  "Intern, Sales Operations", "International Sales Manager", "PhD student", "Dean of Students", "Consultant",
];
