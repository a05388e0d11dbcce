//! What the language's functions and operators take and give, for the generator.
//!
//! A line each: how it is written (`.f` is a method, a name a function, anything else an operator), what it takes, what it gives. `A` and `B` stand for any
//! type, `C` for one that has an order, `K` for one of keys. Words in capitals are texts of a certain kind, and `PLACE` is a small int.

use super::types::Type;
use std::sync::OnceLock;

#[derive(Debug)]
pub struct Signature {
    pub name: &'static str,
    pub params: Vec<Type>,
    pub result: Type,
    /// Among the conditions of policies as well, in the form that a page may have.
    pub common: bool,
}

/// The first part is in the condition language of policies' pages too.
const COMMON: &str = "
== A A bool
!= A A bool
< C C bool
<= C C bool
> C C bool
>= C C bool
in A list(A) bool
in K map(K,B) bool
&& bool bool bool
&& bool bool bool
|| bool bool bool
|| bool bool bool
! bool bool
+ int int int
+ double double double
+ string string string
+ list(A) list(A) list(A)
- int int int
- double double double
* int int int
* double double double
/ int int int
/ double double double
% int int int
neg int int
neg double double
[] list(A) PLACE A
[] map(K,B) K B
size string int
size list(A) int
.size map(K,B) int
.size string int
int double int
int NUMERAL int
int int int
double int double
double NUMERAL double
bool FLAG bool
.contains string string bool
.startsWith string string bool
.endsWith string string bool
.lowerAscii string string
.upperAscii string string
.trim string string
.indexOf string string int
.indexOf string string PLACE int
.lastIndexOf string string int
.lastIndexOf string string PLACE int
.charAt string PLACE string
.substring string PLACE string
.substring string PLACE PLACE string
.replace string string string string
.replace string string string PLACE string
.split string string list(string)
.split string string PLACE list(string)
.join list(string) string
.join list(string) string string
.reverse string string
math.greatest int int int int
math.greatest double double double
math.greatest list(int) int
math.least int int int
math.least double double double
math.least list(double) double
math.abs int int
math.abs double double
";

const LIBRARY: &str = "
+ uint uint uint
+ bytes bytes bytes
+ timestamp duration timestamp
+ duration timestamp timestamp
+ duration duration duration
- uint uint uint
- timestamp timestamp duration
- timestamp duration timestamp
- duration duration duration
* uint uint uint
/ uint uint uint
% uint uint uint
[] optional(list(A)) PLACE optional(A)
[] optional(map(K,B)) K optional(B)
[?] list(A) PLACE optional(A)
[?] map(K,B) K optional(B)
[?] optional(list(A)) PLACE optional(A)
[?] optional(map(K,B)) K optional(B)
size bytes int
int uint int
int timestamp int
uint int uint
uint uint uint
uint double uint
uint NUMERAL uint
double uint double
double double double
string bool string
string int string
string uint string
string double string
string string string
string bytes string
string timestamp string
string duration string
bytes string bytes
timestamp MOMENT timestamp
timestamp int timestamp
duration SPAN duration
type A type
bool bool bool
strings.quote string string
.matches string PATTERN bool
matches string PATTERN bool
regex.extract string PATTERN optional(string)
regex.extractAll string PATTERN list(string)
regex.replace string PATTERN INSERT string
regex.replace string PATTERN INSERT PLACE string
math.greatest uint uint uint
math.least list(uint) uint
math.abs uint uint
math.ceil double double
math.floor double double
math.round double double
math.trunc double double
math.sqrt int double
math.sqrt uint double
math.sqrt double double
math.sign int int
math.sign uint uint
math.sign double double
math.isNaN double bool
math.isInf double bool
math.isFinite double bool
math.bitAnd int int int
math.bitAnd uint uint uint
math.bitOr int int int
math.bitOr uint uint uint
math.bitXor int int int
math.bitXor uint uint uint
math.bitNot int int
math.bitNot uint uint
math.bitShiftLeft int PLACE int
math.bitShiftLeft uint PLACE uint
math.bitShiftRight int PLACE int
math.bitShiftRight uint PLACE uint
.getFullYear timestamp int
.getFullYear timestamp ZONE int
.getMonth timestamp int
.getMonth timestamp ZONE int
.getDate timestamp int
.getDate timestamp ZONE int
.getDayOfMonth timestamp ZONE int
.getDayOfWeek timestamp int
.getDayOfWeek timestamp ZONE int
.getDayOfYear timestamp int
.getDayOfYear timestamp ZONE int
.getHours timestamp int
.getHours timestamp ZONE int
.getHours duration int
.getMinutes timestamp int
.getMinutes timestamp ZONE int
.getMinutes duration int
.getSeconds timestamp int
.getSeconds duration int
.getMilliseconds timestamp int
.getMilliseconds duration int
sets.contains list(A) list(A) bool
sets.equivalent list(A) list(A) bool
sets.intersects list(A) list(A) bool
.slice list(A) PLACE PLACE list(A)
.flatten list(list(A)) list(A)
.sort list(C) list(C)
.distinct list(A) list(A)
.reverse list(A) list(A)
lists.range PLACE list(int)
.first list(A) optional(A)
.last list(A) optional(A)
base64.encode bytes string
base64.decode BASE64 bytes
optional.of A optional(A)
optional.none optional(A)
optional.ofNonZeroValue A optional(A)
.hasValue optional(A) bool
.value optional(A) A
.or optional(A) optional(A) optional(A)
.orValue optional(A) A A
optional.unwrap list(optional(A)) list(A)
.unwrapOpt list(optional(A)) list(A)
";

pub fn signatures() -> &'static [Signature] {
    static ALL: OnceLock<Vec<Signature>> = OnceLock::new();
    ALL.get_or_init(|| {
        let read = |text: &'static str, common: bool| text.lines().filter(|line| !line.is_empty()).map(move |line| {
            let mut words = line.split(' ');
            let name = words.next().unwrap();
            let mut types: Vec<Type> = words.map(Type::read).collect();
            let result = types.pop().expect(line);
            Signature { name, params: types, result, common }
        });
        read(COMMON, true).chain(read(LIBRARY, false)).collect()
    })
}
