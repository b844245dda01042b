package desk

import (
	"math"

	"beamslot/decay"
	"beamslot/scheduler"
	"beamslot/scheduler/rules"
)

// view is the whole day for a board.
func (c *Course) view() View {
	v := c.blank()
	v.Tracers = map[scheduler.TracerID]*TracerView{}
	for _, t := range c.Question.Tracers {
		v.Tracers[t.ID] = tracerView(t)
	}
	v.Sites, v.Centres, v.Links = c.Question.Sites, c.Question.Centres, c.Question.Links
	for _, r := range c.Question.Requests {
		c.showRequest(&v, r)
	}
	for _, r := range c.laid().Runs {
		c.showRun(&v, r)
	}
	v.Alarms = c.alarms()
	score := c.Score
	v.Score = &score
	return v
}

// blank is a view of which nothing but the day itself is said.
func (c *Course) blank() View {
	return View{
		Date: c.Date, Midnight: c.Midnight, Zone: c.Question.Zone, Name: c.Question.Name, Note: c.Question.Note, Step: c.Question.TimeStep,
		Requests: map[scheduler.RequestID]*RequestView{},
		Batches:  map[scheduler.BatchID]*BatchView{},
		Vials:    map[scheduler.VialID]*VialView{},
		Visits:   map[scheduler.RequestID]*VisitView{},
		Unserved: map[scheduler.RequestID]*scheduler.Unserved{},
	}
}

// patch is what an entry changed in the view; alarms that were there before and are gone are taken away.
func (c *Course) patch(t Touched, before map[string]*Alarm) View {
	if t.All {
		return c.view()
	}
	v := c.blank()
	for _, id := range t.Requests {
		c.patchRequest(&v, id)
	}
	if len(t.Batches)+len(t.Vials) > 0 {
		c.patchRuns(&v, t)
	}
	v.Alarms = changedAlarms(before, c.alarms())
	if t.Plan || t.Question {
		score := c.Score
		v.Score = &score
	}
	return v
}

// patchRuns shows the batches and vials that were touched, each batch with its vials; what is gone is taken away.
func (c *Course) patchRuns(v *View, t Touched) {
	shown := map[scheduler.BatchID]bool{}
	for _, id := range t.Batches {
		v.Batches[id], shown[id] = nil, true
	}
	for _, id := range t.Vials {
		v.Vials[id] = nil
		if x, ok := c.vial(id); ok {
			shown[x.Batch] = true
		}
	}
	for _, r := range c.laid().Runs {
		if shown[r.ID] {
			c.showRun(v, r)
		}
	}
}

func (c *Course) showRun(v *View, r *rules.Run) {
	v.Batches[r.ID] = c.batchView(r)
	for _, l := range r.Loads {
		v.Vials[l.ID] = c.vialView(l)
	}
}

func (c *Course) patchRequest(v *View, id scheduler.RequestID) {
	v.Requests[id], v.Visits[id], v.Unserved[id] = nil, nil, nil
	if r, ok := c.request(id); ok {
		c.showRequest(v, r)
	}
}

func (c *Course) showRequest(v *View, r scheduler.Request) {
	v.Requests[r.ID] = &RequestView{Request: r, State: c.requestState(r.ID)}
	if a, ok := c.appointment(r.ID); ok {
		v.Visits[r.ID] = c.visitView(a, r)
	}
	if u, ok := c.unserved[r.ID]; ok {
		v.Unserved[r.ID] = &u
	}
}

func (c *Course) requestState(id scheduler.RequestID) string {
	if _, gone := c.cancelled[id]; gone {
		return "cancelled"
	}
	if v, ok := c.visits[id]; ok {
		return v.Stage
	}
	if _, ok := c.appointment(id); ok {
		return visitPromised
	}
	return "waiting"
}

// tracerView names the source of the half-life: the recommended set when the day uses its value, else the day file.
func tracerView(t scheduler.Tracer) *TracerView {
	v := &TracerView{Name: t.Name, Nuclide: decay.Nuclide(t.Isotope), HalfLifeMin: t.HalfLife, ShelfLife: t.ShelfLife, Source: "the day file"}
	if v.Name == "" {
		v.Name = string(t.ID)
	}
	n, err := decay.Lookup(t.Isotope)
	if err != nil {
		return v
	}
	v.Nuclide = n.Nuclide
	if math.Abs(n.HalfLifeMin()-t.HalfLife) <= 1e-4*t.HalfLife {
		v.Source = n.Cite()
	}
	return v
}

func (c *Course) batchView(r *rules.Run) *BatchView {
	v := &BatchView{
		Batch: r.Batch, Stage: c.stage(r.ID), EOS: r.EOS(), Release: r.Release(), Clean: r.EOS() + r.Cell.Cleanup,
		Expiry: r.Expiry(), Expected: c.assay(r.Batch.Tracer, r.AEOS(), r.EOS()), Promised: r.Promised(),
	}
	if known, ok := c.runs[r.ID]; ok {
		v.Measured, v.Reason = known.Measured, known.Reason
	}
	return v
}

func (c *Course) assay(t scheduler.TracerID, mbq float64, at scheduler.Minute) decay.Assay {
	return decay.Assay{Nuclide: tracerView(c.tracer(t)).Nuclide, Activity: decay.MBq(mbq), Reference: at.On(c.Midnight)}
}

func (c *Course) vialView(l *rules.Load) *VialView {
	return &VialView{
		Vial: l.Vial, Centre: l.Link.Centre, Tracer: l.Run.Batch.Tracer, Arrive: l.Arrive(),
		Filled: c.assay(l.Run.Batch.Tracer, l.Activity, l.At), Stage: c.vialStage(l.ID), Doses: len(l.Visits),
	}
}

func (c *Course) visitView(a scheduler.Appointment, r scheduler.Request) *VisitView {
	centre := c.centreOf(a.Scanner)
	v := &VisitView{
		Appointment: a, Centre: centre.ID, Tracer: r.Tracer, Prep: a.Injection - centre.Prep, ScanEnd: a.ScanStart + r.Scan,
		Stage: c.visitStage(r.ID), Prescribed: c.assay(r.Tracer, r.Dose, a.Injection),
	}
	if done, ok := c.visits[r.ID]; ok {
		given := done.Administered
		v.Administered = &given
		v.Prescribed = c.assay(r.Tracer, done.Prescribed, a.Injection)
	}
	return v
}
