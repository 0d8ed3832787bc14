/**
 * The style sheet of a page. Colours are those of Okabe and Ito (2008), which people with any colour vision can tell apart, some
 * darker for a contrast of 3:1 with a light page; words have 4.5:1 (WCAG 2.2, AA).
 */
export const css = `
:root{color-scheme:light dark;--bg:#fff;--panel:#f6f7f8;--ink:#1b2027;--dim:#59626e;--rule:#e9ebee;--edge:#d9dde2;
--serial:#6b7480;--tasks:#0072b2;--threads:#d55e00;--both:#bf5f96;
--holds:#009e73;--fails:#d55e00;--unclear:#a67c00;--skipped:#848d98;
--holds-word:#006b4e;--fails-word:#a84300;--unclear-word:#735600;
--c0:#0072b2;--c1:#009e73;--c2:#bf5f96;--c3:#39424e;--c4:#2c93cc;--c5:#a67c00;--c6:#d55e00;--c0-shade:#2c93cc;--heat:#0072b2;--heat-on:#fff}
@media screen and (prefers-color-scheme:dark){:root{--bg:#0f1318;--panel:#171c23;--ink:#e7ebf0;--dim:#9da7b3;--rule:#222932;--edge:#303944;
--serial:#9da7b3;--tasks:#56b4e9;--threads:#e69f00;--both:#dc8ebc;
--holds:#2bb58b;--fails:#ee7d35;--unclear:#f0e442;--skipped:#68727e;
--holds-word:#4fd0a8;--fails-word:#ff9c5b;--unclear-word:#f0e442;
--c0:#56b4e9;--c1:#2bb58b;--c2:#dc8ebc;--c3:#e7ebf0;--c4:#7d9bff;--c5:#f0e442;--c6:#e69f00;--c0-shade:#3f97c9;--heat:#56b4e9;--heat-on:#0f1318}}
.serial{--c:var(--serial)}.tasks{--c:var(--tasks)}.threads{--c:var(--threads)}.both{--c:var(--both)}
.holds{--c:var(--holds);--w:var(--holds-word)}.fails{--c:var(--fails);--w:var(--fails-word)}
.unclear{--c:var(--unclear);--w:var(--unclear-word)}.skipped{--c:var(--skipped);--w:var(--dim)}
.c0{--c:var(--c0)}.c1{--c:var(--c1)}.c2{--c:var(--c2)}.c3{--c:var(--c3)}.c4{--c:var(--c4)}.c5{--c:var(--c5)}.c6{--c:var(--c6)}.c0-shade{--c:var(--c0-shade)}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;
-webkit-text-size-adjust:100%;overflow-wrap:break-word}
main{max-width:74rem;margin:0 auto;padding:1.5rem clamp(1rem,4vw,2.5rem) 4rem}
h1{margin:0;font-size:.875rem;font-weight:600;letter-spacing:.01em;color:var(--dim)}
h2{margin:.35rem 0 .6rem;font-size:clamp(1.5rem,1.1rem + 2vw,2.4rem);line-height:1.15;font-weight:700;letter-spacing:-.02em;text-wrap:balance;overflow-wrap:anywhere}
h3{margin:0 0 .25rem;font-size:1.2rem;line-height:1.3;font-weight:650;letter-spacing:-.01em}
p{margin:.25rem 0}
a{color:var(--tasks)}
nav li,h1{overflow-wrap:anywhere;min-width:0}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:.5rem 0 0;padding:0;list-style:none}
.banner{margin:0 0 2.75rem;padding:1.25rem clamp(1rem,3vw,1.75rem) 1.35rem;border-radius:14px;background:var(--panel);border-left:6px solid var(--t)}
.good{--t:var(--holds)}.bad{--t:var(--fails)}.open{--t:var(--unclear)}
article{margin-top:1rem}
article+article{margin-top:4rem;padding-top:2rem;border-top:1px solid var(--edge)}
.eyebrow,.about,.few,.notes,small,.facts{color:var(--dim)}
.eyebrow{font-size:.875rem;overflow-wrap:anywhere}
.lead{max-width:62rem;overflow-wrap:anywhere}.lead+.lead{color:var(--dim);font-size:.9375rem}
section{margin:0 0 3rem}
.about{max-width:54rem;margin:0 0 1rem;font-size:.9375rem}
.few{font-size:.8125rem}
.notes{margin:.9rem 0 0;padding:0;list-style:none;font-size:.875rem}.notes li{margin:.2rem 0;overflow-wrap:anywhere}
.beside>div{min-width:0}.beside>div+div{margin-top:1.25rem}
.cards{columns:20rem;column-gap:1.25rem}
figure{margin:0;padding:1rem 1.1rem;border:1px solid var(--edge);border-radius:12px;min-width:0}
figure+figure,figure+.scroll{margin-top:1.25rem}.cards figure{margin:0 0 1.25rem;break-inside:avoid}
figcaption{font-weight:600;margin-bottom:.5rem;font-size:.9375rem}
.chart{display:block;width:100%;padding:4px 10px 32px;overflow:visible;font-size:12.5px}
.chart.named{padding:24px 10px 44px 46px}.chart.right{padding-left:64px;padding-right:74px}
.chart svg{overflow:visible}
.chart path{fill:none;stroke:var(--c);vector-effect:non-scaling-stroke}
.chart .rule{stroke:var(--rule)}.chart .one{stroke:var(--dim);stroke-dasharray:3 3}.chart .lane{stroke:var(--edge)}
.chart .limit{stroke:var(--ink);stroke-width:2}.chart .line{stroke-width:2}.chart .ideal{stroke:var(--dim);stroke-dasharray:5 4}
.chart .dot{stroke-width:5;stroke-linecap:round;stroke-opacity:.8}.chart .big{stroke-width:8;stroke-opacity:1}
.chart .bar{stroke-width:8;stroke-linecap:butt}.chart .steal{stroke-width:2}.chart .restart{stroke:var(--ink);stroke-width:1.5;stroke-dasharray:3 2}
.chart .mark{stroke-opacity:1;stroke-width:11}.chart .hole{stroke:var(--bg);stroke-opacity:1;stroke-width:5}.chart .box{stroke-linecap:square}
.chart .slit{stroke:var(--bg);stroke-width:2}
.chart .median{stroke:var(--ink);stroke-width:1.5}
text{fill:var(--ink)}.dim text{fill:var(--dim)}.mid{text-anchor:middle}.start{text-anchor:start}.end{text-anchor:end}.strong{font-weight:700}
.halo{paint-order:stroke;stroke:var(--bg);stroke-width:4px;stroke-linejoin:round}
.num,table,.keys b{font-variant-numeric:tabular-nums}
rect{fill:var(--c,var(--heat))}
rect.heat0{fill-opacity:.08}rect.heat1{fill-opacity:.22}rect.heat2{fill-opacity:.38}rect.heat3{fill-opacity:.55}.heat4 text{fill:var(--heat-on)}
rect.best{stroke:var(--ink);stroke-width:2.5;vector-effect:non-scaling-stroke}
.bar{display:block;width:100%;border-radius:7px}
.keys{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;margin:.6rem 0 0;padding:0;list-style:none;font-size:.875rem}
.keys li::before{content:"";display:inline-block;width:.7em;height:.7em;margin-right:.45em;border-radius:3px;background:var(--c)}
.keys .box::before,.keys .disc::before,.keys .slit::before{box-sizing:border-box;border:.2em solid var(--c);border-radius:0;background:var(--bg)}
.keys .disc::before,.keys .slit::before{border-radius:50%}.keys .slit::before{border-width:0 .27em}
.keys .tick::before{width:2px;border-radius:0}.keys .dash::before{width:0;border-radius:0;border-left:2px dashed var(--c);background:none}
.banner .bar{margin-top:1rem}
b[class]{color:var(--w);font-weight:inherit;white-space:nowrap}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.8125rem;line-height:1.35}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
th,td{padding:.42rem .4rem;text-align:right;vertical-align:top;border-bottom:1px solid var(--rule);white-space:nowrap;font-weight:400}
.w{text-align:left}tbody th{white-space:normal}
thead th{font-size:.6875rem;letter-spacing:.04em;color:var(--dim);border-bottom-color:var(--edge);vertical-align:bottom}
tr>:first-child{text-align:left;padding-left:0;position:sticky;left:0;background:var(--bg)}tr>:last-child{padding-right:2px}
details{margin-top:.6rem;font-size:.875rem}summary{cursor:pointer;color:var(--dim)}details .scroll{max-height:20rem;overflow-y:auto}
.seen{margin:0;columns:26rem 2;column-gap:2.5rem}.seen>div{break-inside:avoid;padding:.5rem 0;border-bottom:1px solid var(--rule)}
dt{font-weight:600}dd{margin:0;font-size:.9375rem;overflow-wrap:anywhere}small{font-weight:400}
code,pre{font:.8125rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}dd code{color:var(--dim);white-space:nowrap}
pre{margin:0;padding:.8rem 1rem;background:var(--panel);border-radius:10px;white-space:pre-wrap;overflow-wrap:anywhere}
.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,max(10.5rem,20%)),1fr));gap:.75rem 2rem;margin:0}
.facts dt{font-weight:400;font-size:.8125rem}.facts dd{color:var(--ink)}
button{margin-top:1.25rem;padding:.55rem 1.1rem;font:inherit;font-size:.9375rem;color:var(--bg);background:var(--ink);border:0;border-radius:9px;cursor:pointer}
:focus-visible{outline:3px solid var(--tasks);outline-offset:2px}
@media(min-width:70rem){.beside{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,5fr);gap:2.5rem;align-items:start}.beside>div+div{margin-top:0}}
@media(max-width:32rem){table{font-size:.75rem}th,td{padding:.42rem .25rem}}
@media(max-width:24rem){.chart{font-size:11px}figure{padding:.8rem .6rem}}
@media print{:root{color-scheme:light}main{max-width:none;padding:0}button,nav{display:none}figure,tr{break-inside:avoid}h3{break-after:avoid}
.scroll{overflow:visible}.banner{border:1px solid var(--edge);border-left:6px solid var(--t)}details::details-content{content-visibility:visible;block-size:auto}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;
