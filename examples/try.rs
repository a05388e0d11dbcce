fn main() {
    let path = std::env::args().nth(1).unwrap();
    match leadgate::compile_file(&path) {
        Ok(program) => { println!("ok {} slots {} vars {} bytes {}", program.policy, program.slots.len(), program.variables.len(), program.to_bytes().len());
          let back = leadgate::Engine::load(&program.to_bytes()).unwrap(); assert!(back.program() == &program);
          for step in &program.steps { println!("{step:?}"); } }
        Err(e) => println!("{e}"),
    }
}
