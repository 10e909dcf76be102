/** A refusal that is not in the envelope of API v2. */
export interface ErrorPage {
  readonly status: number;
  readonly contentType: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

const json = 'application/json; charset=utf-8';

/** Refusals in other forms, the WAF's own among them (qwen-web §7.2). */
export const errorPages = {
  'unauthorized-401': { status: 401, contentType: json, body: '{"detail": "Not authenticated"}' },
  'http-429': { status: 429, contentType: json, body: '{"detail": "Too many requests"}' },
  'not-authenticated-200': { status: 200, contentType: json, body: '{"detail": "Not authenticated"}' },
  'success-without-answer': { status: 200, contentType: json, body: '{"success": true, "request_id": "", "data": {}}' },
  'gateway-502': { status: 502, contentType: 'text/html', body: gatewayPage('502 Bad Gateway') },
  'gateway-503': { status: 503, contentType: 'text/html', body: gatewayPage('503 Service Temporarily Unavailable') },
  'gateway-504': { status: 504, contentType: 'text/html', body: gatewayPage('504 Gateway Time-out') },
  rgv587: {
    status: 200,
    contentType: 'application/json;charset=UTF-8',
    body: '{"ret": ["FAIL_SYS_USER_VALIDATE", "RGV587_ERROR::SM::哎哟喂,被挤爆啦,请稍后重试"], "data": {"url": "https://chat.qwen.ai:443//api/v2/chat/completions/_____tmd_____/punish?x5secdata=TEST_X5SECDATA&x5step=2&action=captcha&pureCaptcha="}}',
  },
  'x5-punish': {
    status: 200,
    contentType: 'text/html; charset=utf-8',
    body: '<html><head><meta charset="utf-8"></head><body>\n<script>\nsessionStorage.x5referer = window.location.href;\nwindow.location.replace("https://chat.qwen.ai:443//api/v2/auths/signin/_____tmd_____/punish?x5secdata=TEST_X5SECDATA&x5step=1");\n</script>\n<script>window._config_ = {"action": "captcha", "url": "https://chat.qwen.ai:443//api/v2/auths/signin"};</script>\n</body></html>\n<!--rgv587_flag:sm-->\n',
  },
  'aliyun-waf': {
    status: 200,
    contentType: 'text/html',
    body: '<!doctypehtml><html lang="zh-cn"><meta charset="utf-8"><meta name="aliyun_waf_aa" content="TEST"><meta name="aliyun_waf_bb" content="TEST"><title></title><body><textarea id="renderData" style="display:none">{"_waf_bd8ce2ce37":"TEST"}</textarea><script src="/aliyun_waf_test.js"></script></body></html>\n',
  },
  'slider-captcha': {
    status: 200,
    contentType: 'text/html; charset=utf-8',
    body: '<!doctype html><html><body><div id="nc_1_n1z"></div><script src="/AWSC/awsc.js"></script></body></html>\n',
  },
  'punish-redirect': {
    status: 302,
    contentType: 'text/html',
    headers: {
      location:
        'https://chat.qwen.ai:443//api/v2/chat/completions/_____tmd_____/punish?x5secdata=TEST_X5SECDATA&x5step=1',
    },
    body: '',
  },
  'blocked-page-403': {
    status: 403,
    contentType: 'text/html',
    body: '<html><head><title>405</title></head><body>Your request has been blocked.</body></html>\n',
  },
} as const satisfies Record<string, ErrorPage>;

/** What a proxy before the site says when the site does not answer it. */
function gatewayPage(title: string): string {
  return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;
}
