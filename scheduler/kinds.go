package scheduler

// Kind is the command's word.
func (Open) Kind() string { return "Open" }

// Kind is the command's word.
func (Book) Kind() string { return "Book" }

// Kind is the command's word.
func (Cancel) Kind() string { return "Cancel" }

// Kind is the command's word.
func (Move) Kind() string { return "Move" }

// Kind is the command's word.
func (Adopt) Kind() string { return "Adopt" }

// Kind is the command's word.
func (Arm) Kind() string { return "Arm" }

// Kind is the command's word.
func (Begin) Kind() string { return "Begin" }

// Kind is the command's word.
func (Measure) Kind() string { return "Measure" }

// Kind is the command's word.
func (Release) Kind() string { return "Release" }

// Kind is the command's word.
func (Fail) Kind() string { return "Fail" }

// Kind is the command's word.
func (Dispatch) Kind() string { return "Dispatch" }

// Kind is the command's word.
func (Receive) Kind() string { return "Receive" }

// Kind is the command's word.
func (Inject) Kind() string { return "Inject" }

// Kind is the command's word.
func (StartScan) Kind() string { return "StartScan" }

// Kind is the command's word.
func (FinishScan) Kind() string { return "FinishScan" }
