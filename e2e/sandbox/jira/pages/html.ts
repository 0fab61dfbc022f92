/** Text as text. */
export const h = (text: unknown) => String(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const style = `
:root{color-scheme:light dark;--bg:#fff;--line:#dcdfe4;--soft:#f7f8f9;--text:#172b4d;--dim:#44546f;--link:#0c66e4}
@media (prefers-color-scheme:dark){:root{--bg:#1d2125;--line:#3d474f;--soft:#22272b;--text:#c7d1db;--dim:#9fadbc;--link:#579dff}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--text);font:15px/1.55 system-ui,sans-serif}
a{color:var(--link);text-decoration:none}a:hover{text-decoration:underline}
header{background:var(--soft);border-bottom:1px solid var(--line)}header div,main{max-width:60rem;margin:auto;padding:1rem 1.25rem}
header div{display:flex;gap:.6rem;align-items:baseline;flex-wrap:wrap}header small{margin-left:auto;color:var(--dim)}header a{color:inherit;font-weight:600}
h1{font-size:1.5rem;font-weight:600;line-height:1.25;margin:.4rem 0}h2{font-size:1rem;margin:1.5rem 0 .5rem}.dim{color:var(--dim)}
table{border-collapse:collapse;width:100%}th{text-align:left;font-weight:500;color:var(--dim);width:14rem;vertical-align:top}td,th{padding:.35rem .6rem .35rem 0;border-bottom:1px solid var(--line)}
.state{display:inline-block;border-radius:.25rem;padding:.1rem .5rem;font-weight:700;font-size:.75rem;text-transform:uppercase;background:#dcdfe4;color:#172b4d}.indeterminate{background:#cce0ff;color:#09326c}.done{background:#baf3db;color:#164b35}
.label{border:1px solid var(--line);border-radius:.25rem;padding:0 .4rem;font-size:.8rem}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--soft);border:1px solid var(--line);border-radius:.4rem;padding:.8rem 1rem;font:inherit}
form{display:flex;flex-wrap:wrap;gap:.6rem;align-items:end;margin:.6rem 0}form.tall{display:grid;align-items:start}input,textarea,select{font:inherit;color:inherit;background:var(--bg);border:1px solid var(--line);border-radius:.3rem;padding:.35rem .6rem}.tall input,.tall textarea,.tall select{width:100%;display:block}textarea{min-height:6rem}
button{justify-self:start;font:inherit;font-weight:600;color:var(--text);background:var(--soft);border:1px solid var(--line);border-radius:.3rem;padding:.35rem .9rem;cursor:pointer}
`;

/** A page of the sandbox. */
export const shell = (title: string, home: string, trail: string, main: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${h(title)}</title><style>${style}</style></head>
<body><header><div><a href="${h(home)}/">Jira sandbox</a>${trail}<small>local, in memory</small></div></header><main>${main}</main></body></html>`;
