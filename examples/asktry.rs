use leadgate::*;
use std::time::Instant;
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let program = leadgate::compile_file(std::path::Path::new(&path)).map_err(|e| e.to_string()).unwrap();
    let engine = Engine::new(program);
    let name = |v: u16| engine.program().variables[v as usize].name.clone();
    let mut lead = engine.lead();
    for &q in &engine.program().ask.questions { lead.open(&name(q)).unwrap(); }
    for arg in std::env::args().skip(2) { let (k, v) = arg.split_once('=').unwrap();
        if let Ok(n) = v.parse::<i64>() { lead.set(k, n).unwrap(); } else if v == "null" { lead.absent(k).unwrap(); } else if v == "true" || v == "false" { lead.set(k, v == "true").unwrap(); } else { lead.set(k, v).unwrap(); } }
    let lead = lead.build();
    for limit in [1, 4] {
        let o = AskOptions { limit: Some(limit), ..Default::default() };
        let t = Instant::now();
        let n = engine.next(&lead, None, &o);
        println!("{limit}: {:?} settled {} ask {:?} {:?}", t.elapsed(), n.settled, n.ask.iter().map(|&v| name(v)).collect::<Vec<_>>(), n.certificate);
    }
}
