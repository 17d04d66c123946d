// The phone's twin of evaluator.py, kept under 2 kB.
export function evaluate(tree,answers={},itself="",today="",scores={}){
const T=v=>""+v,
D=n=>n>=-719162&&n<2932897?new Date(Math.floor(n)*864e5).toISOString().slice(0,10):"",
N=v=>{
if(T(v)!==v)return+v
const m=/^[ \t\r\n]*(-?(\d+\.?\d*|\.\d+))[ \t\r\n]*$/.exec(v),n=/^\d{4}-\d\d-\d\d$/.test(v)?Date.parse(v)/864e5:NaN
return m?+m[1]:D(n)==v?n:NaN},
W=v=>T(v).split(/[ \t\r\n]+/).filter(w=>w),
E=(a,b)=>a===!!a||b===!!b?!a==!b:T(a)!==a||T(b)!==b?N(a)==N(b):a==b,
F={
"=":E,
"!=":(a,b)=>!E(a,b),
"<":(a,b)=>N(a)<N(b),
"<=":(a,b)=>N(a)<=N(b),
">":(a,b)=>N(a)>N(b),
">=":(a,b)=>N(a)>=N(b),
"+":(a,b)=>N(a)+N(b),
"-":(a,b)=>N(a)-N(b),
"*":(a,b)=>N(a)*N(b),
div:(a,b)=>N(a)/N(b),
mod:(a,b)=>N(a)%N(b),
neg:a=>-N(a),
$:k=>T(answers[k])===answers[k]?answers[k]:"",
".":()=>itself,
true:()=>true,
false:()=>false,
not:a=>!a,
coalesce:(a,b)=>T(a)?a:b,
selected:(a,b)=>W(a).includes(T(b)),
"count-selected":a=>W(a).length,
"count-non-empty":(...x)=>x.filter(T).length,
sum:(...x)=>x.reduce((s,v)=>v===""?s:s+N(v),0),
min:(...x)=>Math.min(...x.map(N))+0,
max:(...x)=>Math.max(...x.map(N))+0,
concat:(...x)=>x.map(T).join(""),
number:N,
string:T,
int:a=>Math.trunc(N(a))+0,
abs:a=>Math.abs(N(a)),
round:(a,p=0)=>{
const n=N(a),k=Math.trunc(N(p)),u=10**k,s=n*u+.5
return isFinite(n)?k>=0&&k<=12?isFinite(s)?Math.floor(s)/u:n:NaN:n},
"string-length":a=>[...T(a)].length,
contains:(a,b)=>T(a).includes(T(b)),
"starts-with":(a,b)=>T(a).startsWith(T(b)),
"ends-with":(a,b)=>T(a).endsWith(T(b)),
regex:(a,b)=>{try{return RegExp(`^(?:${T(b)})$`).test(T(a))}catch{return false}},
today:()=>today,
date:a=>D(N(a)),
score:a=>scores[T(a)]??"",
"format-date":(a,f)=>{
const d=D(N(a)),m=d.slice(5,7),e=d.slice(8)
return d&&T(f).replace(/%([Ymnde])/g,(_,k)=>({Y:d.slice(0,4),m,n:+m,d:e,e:+e})[k])}},
R=t=>{
if(!Array.isArray(t))return t
const[f,...x]=t
return f=="if"?R(x[R(x[0])?1:2]):f=="and"?!!(R(x[0])&&R(x[1])):f=="or"?!!(R(x[0])||R(x[1])):F[f](...x.map(R))}
return R(tree)}
