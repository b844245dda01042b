package profile

// need is what every model of a kind must have, or the floor could not work with it.
type need struct {
	points   []string // in one atomic group with state
	others   []string
	commands []string
	states   []string // words that the enum of state must have
}

// Fields of an order that a command may write.
var fields = []string{"$batch", "$recipe", "$nuclide", "$until", "$current", "$share"}

func needOf(k Kind) (need, bool) {
	switch k {
	case Cyclotron:
		return need{[]string{"state", "batch"}, []string{"current", "charge"}, []string{"start", "stop"}, []string{"idle", "beam", "ended", "fault"}}, true
	case Synthesis:
		return need{[]string{"state", "batch", "nuclide"}, []string{"step", "temperature", "pressure", "activity"}, []string{"start"}, []string{"idle", "running", "ended", "failed"}}, true
	case Generator:
		return need{[]string{"state", "batch"}, nil, []string{"start"}, []string{"idle", "eluting", "ended", "fault"}}, true
	case Dispenser:
		return need{[]string{"state", "batch"}, nil, []string{"start"}, []string{"idle", "drawing", "ended", "fault"}}, true
	case Calibrator:
		return need{[]string{"state", "vessel", "nuclide", "activity", "reference", "counter", "status"}, nil, []string{"measure"}, []string{"idle", "measuring", "ended", "fault"}}, true
	}
	return need{}, false
}

// units that a point may have; what else a file says is a slip of the pen.
var units = []string{"MBq", "GBq", "kBq", "Bq", "µA", "mA", "µAh", "°C", "kPa", "bar", "mbar", "Pa", "mL", "mL/min", "V", "kV", "%", "s", "min", "h", "µSv/h", "mSv/h", "rpm"}
