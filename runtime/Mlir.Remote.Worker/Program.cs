return Mlir.Remote.Worker.WorkerProgram.Run(args);
