"""Goldens of another device (ReRAM of Wan et al. 2022) and of several pairs a weight.  usage: gen_devices.py [params.json]"""
from gen_common import *
import aihwkit.inference.noise.pcm as pcm
import aihwkit.inference.noise.reram as reram
from aihwkit.inference.converter.conductance import NPairConductanceConverter
from aihwkit.nn import AnalogLinear
P, OUT = load_params(sys.argv); Q = P["devices"]
MODELS = {"pcm": pcm.PCMLikeNoiseModel, "reram_wan2022": reram.ReRamWan2022NoiseModel}
REAL = pcm.randn_like
class inject:
    """Replaces the normal deviates of both models: all equal to const, or those of seq in turn."""
    def __init__(self, seq=None, const=None): self.seq, self.const = seq, const
    def __enter__(self):
        it = iter(self.seq) if self.seq is not None else None
        f = (lambda t: torch.full_like(t, self.const)) if it is None else (lambda t: next(it).reshape(t.shape).to(t))
        pcm.randn_like = reram.randn_like = f
    def __exit__(self, *a): pcm.randn_like = reram.randn_like = REAL
def T(seed): g = torch.Generator(); g.manual_seed(seed); return g
def rn(g, *s): return torch.randn(*s, generator=g)
def converter(c): return NPairConductanceConverter(f_lst=[1.0] * c["pairs"], g_max=c["g_max"], g_min=c["g_min"])
def times_of(c): return Q["times"][c["device"]]

def curves():
    q = Q["curves"]; cases = []
    for g_max in q["g_max"]:
        m = reram.ReRamWan2022NoiseModel(g_max=g_max); g = torch.linspace(0, g_max, q["n_grid"]); sigma = {}
        for t in times_of({"device": "reram_wan2022"}):
            with inject(const=1.0): read = m.apply_drift_noise_to_conductance(g * 0, g, t)
            sigma[str(t)] = (read.double() - g.double()).tolist()
        with inject(const=1.0): prog = m.apply_programming_noise_to_conductance(g)
        cases.append({"g_max": g_max, "g_uS": f32(g), "prog_sigma_uS": (prog.double() - g.double()).tolist(), "sigma_uS": sigma})
    dump(OUT, "i_reram_curves.json", {"units": "g in uS, t in s", "tolerance": {"rel": 1e-5, "abs": 1e-5}, "cases": cases})

def conversion():
    q = Q["pairs"]; g = T(q["seed"]); cases = []
    W = rn(g, 5, 8) * 0.4
    W[0, 0] = 0.0; W[0, 1] = 1e-6; W[0, 2] = -1e-6; m = W.abs().max() * 1.25; W[1, 0] = m; W[2, 0] = -m; W[2, 1] = m / 2; W[2, 2] = -m / 4
    mats = {"random": W, "all_zero": torch.zeros(2, 3), "tiny": torch.full((1, 3), 3e-8)}
    for c in q["cases"]:
        for name, w in mats.items():
            G, prm = converter(c).convert_to_conductances(w)
            cases.append({"name": name, **c, "weights": f32(w), "devices_uS": [f32(x) for x in G], "scale_ratio": f32(prm["scale_ratio"]),
                          "weights_back": f32(converter(c).convert_back_to_weights(G, prm))})
    dump(OUT, "j_pairs_conductance.json", {"order": "devices: g+, g- of the first pair, g+, g- of the second ...", "tolerance": {"rel": 1e-5, "abs": 1e-5}, "cases": cases})

def tiles():
    q = Q["tiles"]; g = T(q["seed"]); cases = []
    for c in q["cases"]:
        W = rn(g, *q["shape"]) * 0.4; W[0, 0] = 0.0; n = 2 * c["pairs"]; draws = 2 if c["device"] == "pcm" else 1
        config, p = make_config(P["base"], out_noise=0.0)
        config.noise_model = MODELS[c["device"]](g_converter=converter(c))
        z = [rn(g, *q["shape"]) for _ in range(draws * n)]; zr = [[rn(g, *q["shape"]) for _ in range(n)] for _ in times_of(c)]
        l = AnalogLinear(W.shape[1], W.shape[0], bias=False, rpu_config=config); l.set_weights(W); l.eval(); t = next(l.analog_tiles())
        with inject(seq=z): l.program_analog_weights()
        rec = {"analog_weights_target": f32(t.reference_combined_weights), "programmed_weights": f32(t.programmed_weights),
               "drift_parameters": [f32(x) for x in t.drift_noise_parameters], "gdc_baseline": f32(t.drift_baseline), "drifted": []}
        for ti, zt in zip(times_of(c), zr):
            with inject(seq=zt): l.drift_analog_weights(float(ti))
            rec["drifted"].append({"t_inference": ti, "drifted_weights": f32(t.tile.get_weights()), "gdc_alpha": f32(t.alpha)})
        cases.append({**c, "io": {k: p[k] for k in ("inp_bound", "inp_res", "out_bound", "out_res")}, "weights": f32(W),
                      "injected_normals": {"program": [f32(a) for a in z], "read": [[f32(b) for b in a] for a in zr]}, **rec})
    dump(OUT, "k_device_tiles.json", {"order": "normals of programming: device by device error, then (pcm) drift exponent; of a read: device by device",
        "note": "out_noise=0; gdc_* use the quantised one-hot readout", "tolerance": {"rel": 1e-5, "abs": 1e-5, "gdc_rel": 2e-3}, "cases": cases})

def statistics():
    q = Q["statistics"]; cases = []
    for c in q["cases"]:
        torch.manual_seed(q["seed"]); m = MODELS[c["device"]](g_converter=converter(c))
        W = torch.tensor(q["weights"])[:, None].repeat(1, q["n"])
        prog, params = m.apply_programming_noise(W)
        read = {t: m.apply_drift_noise(W, params, float(t)) for t in times_of(c)}
        cases.append({**c, "n": q["n"], "rows": [{"weight": w, "programmed": stats(prog[i].numpy()), "at_time": {str(t): stats(r[i].numpy()) for t, r in read.items()}}
                                                 for i, w in enumerate(q["weights"])]})
    dump(OUT, "s_device_stats.json", {"seed": q["seed"],
        "note": "weights, largest 1. at_time: reads of the exact weights (not of the programmed ones), with the drift parameters of programming",
        "tolerance": {"rule": "|golden - yours| <= 4*sqrt(se_golden^2 + se_golden^2 * n_golden/n_yours) (use se_* next to each number); atoms at 0 must match frac_zero instead"}, "cases": cases})

curves(); conversion(); tiles(); statistics()
